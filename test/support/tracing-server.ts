import { BaseServer, type RequestHandler } from "../../devserver/socketserver/base-server.ts";

/** A server without sockets: requests are strings, every hook is recorded. */
export class TracingServer extends BaseServer<string, string> {
  static override readonly closeTimeout: number = 50;
  readonly trace: string[] = [];
  isWelcome: boolean | Promise<boolean> = true;
  work: () => Promise<void> = async () => undefined;

  constructor() {
    super("here", UnusedHandler);
  }

  override serverBind(): void {}
  override serverActivate(): void {}
  protected override stopAccepting(): void {
    this.trace.push("stopAccepting");
  }

  protected override createHandler(request: string): RequestHandler {
    this.trace.push(`createHandler ${request}`);
    return {
      run: async () => {
        this.trace.push("run");
        await this.work();
      },
      stop: () => void this.trace.push("stop"),
    };
  }

  override verifyRequest(request: string): boolean | Promise<boolean> {
    this.trace.push(`verifyRequest ${request}`);
    return this.isWelcome;
  }

  override async processRequest(request: string, address: string): Promise<void> {
    this.trace.push(`processRequest ${address}`);
    await super.processRequest(request, address);
  }

  override async finishRequest(request: string, address: string): Promise<void> {
    this.trace.push("finishRequest");
    await super.finishRequest(request, address);
  }

  override shutdownRequest(request: string): void | Promise<void> {
    this.trace.push("shutdownRequest");
    return super.shutdownRequest(request);
  }

  override closeRequest(request: string): void {
    this.trace.push(`closeRequest ${request}`);
  }

  override handleError(_request: string, _address: string, error: unknown): void {
    this.trace.push(`handleError ${String(error)}`);
  }

  /** A request comes while every request is handled. */
  async arrive(request: string): Promise<void> {
    this.beginServing();
    await this.acceptRequest(request, "somewhere");
  }

  /** A request comes, whoever serves. */
  async knock(request: string): Promise<void> {
    await this.acceptRequest(request, "somewhere");
  }
}

class UnusedHandler implements RequestHandler {
  async run(): Promise<void> {}
  stop(): void {}
}
