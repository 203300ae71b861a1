/** As much of Express as the benchmark calls; its own package has no types. */
declare module "express" {
  export interface Request {
    readonly method: string;
    readonly url: string;
    params?: unknown;
  }
  type Next = (error?: unknown) => void;
  type Handler = (request: Request, response: object, next: Next) => void;
  export interface ExpressRouter {
    get(path: string, handler: Handler): void;
    use(path: string, router: ExpressRouter): void;
    handle(request: Request, response: object, next: Next): void;
  }
  export function Router(options?: { readonly strict?: boolean }): ExpressRouter;
}
