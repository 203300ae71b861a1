/**
 * What `ThreadingMixIn` and `ForkingMixIn` have in common: requests are handled by workers.
 *
 * Layer 1 (socketserver). A class cannot be sent to a worker, so handler and server are named by module and
 * export; each worker has a copy of the server, on which `finishRequest` runs. The copy binds nothing.
 * Errors: `start` rejects when a worker cannot import what it needs.
 */
import type { Socket } from "node:net";
import type { StartCarrier } from "../workers/carrier.ts";
import { besideModule, importExport, type ModuleExport } from "../workers/module-export.ts";
import { WorkerPool } from "../workers/pool.ts";
import { isWorker, type TaskLink, type TaskRunner } from "../workers/worker-side.ts";
import type { BaseServer, RequestHandler, WorkerPlace } from "./base-server.ts";
import type { WorkerData } from "./pooled-server-worker.ts";

/** Any concrete class of servers. */
// oxlint-disable-next-line typescript/no-explicit-any -- a mix-in must accept whatever its base accepts
export type ServerClass = (new (...args: any[]) => BaseServer<any, any>) & BaseStatics;

type BaseStatics = Pick<typeof BaseServer, "closeTimeout" | "timeout">;

/** What the mix-ins add to a class. */
export interface PooledStatics {
  /** The module that exports this class under its name, for the copies in the workers: `import.meta.url`. */
  readonly module: string | undefined;
  /** Whether `serverClose` waits for requests at work. */
  readonly blockOnClose: boolean;
}

/** What the mix-ins add to a server. */
export interface PooledMembers<Request, Address> {
  /** In the worker, be it a thread or a process: `finishRequest`, `handleError` when that fails, `shutdownRequest` in any case. */
  processRequestThread(request: Request, clientAddress: Address): Promise<void>;
  /** In the worker: makes this server a copy that handles what it is given. */
  becomeCopy(): Promise<TaskRunner>;
}

type RequestOf<Server> = Server extends BaseServer<infer Request, infer _Address> ? Request : never;
type AddressOf<Server> = Server extends BaseServer<infer _Request, infer Address> ? Address : never;

/** A server class whose handlers are named by module and export. */
export type PooledServerClass<Base extends ServerClass, Statics> = Omit<Base, "prototype"> &
  PooledStatics &
  Statics &
  (new (
    target: ConstructorParameters<Base>[0],
    handler: ModuleExport,
  ) => InstanceType<Base> &
    PooledMembers<RequestOf<InstanceType<Base>>, AddressOf<InstanceType<Base>>>);

export interface PoolPlan {
  readonly place: WorkerPlace;
  readonly start: StartCarrier;
  readonly size: number;
  readonly maxSize: number;
}

/** Overriding these has an effect only on the copies in the workers. */
const WORKER_HOOKS = [
  "processRequestThread",
  "createHandler",
  "finishRequest",
  "shutdownRequest",
  "closeRequest",
];

type HandlerClass = new (
  request: unknown,
  clientAddress: unknown,
  server: unknown,
) => RequestHandler;

/** What a mix-in extends. */
type PooledServer = BaseServer<unknown, unknown> &
  PooledMembers<unknown, unknown> & {
    /** Asked when the server starts. */
    poolPlan(): PoolPlan;
  };

// oxlint-disable-next-line max-lines-per-function -- the class is the function: that is what a mix-in is
export function pooledServer(
  base: ServerClass,
): PooledStatics &
  BaseStatics &
  (abstract new (target: unknown, handler: ModuleExport) => PooledServer) {
  abstract class Pooled extends base {
    static readonly module: string | undefined = undefined;
    static readonly blockOnClose: boolean = true;
    declare ["constructor"]: Pick<typeof Pooled, keyof typeof Pooled>;
    readonly #handler: ModuleExport;
    #pool: WorkerPool | undefined;
    #place: WorkerPlace = "thread";
    #handlerClass: HandlerClass | undefined;

    constructor(target: unknown, handler: ModuleExport) {
      super(target, NamedHandler);
      this.#handler = handler;
    }

    abstract poolPlan(): PoolPlan;

    override async serverBind(): Promise<void> {
      if (isWorker()) {
        throw new Error(
          "a worker has imported a module that starts a server; let it do so only as the main module: if (import.meta.main) { … }",
        );
      }
      await super.serverBind();
    }

    /** Starts the workers, then accepts. */
    override async serverActivate(): Promise<void> {
      const plan = this.poolPlan();
      const data: WorkerData = {
        server: nameOfClass(this),
        handler: this.#handler,
        address: this.serverAddress,
      };
      const entry = besideModule(import.meta.url, "pooled-server-worker");
      this.#place = plan.place;
      this.#pool = new WorkerPool({
        ...plan,
        data,
        start: (...args) => plan.start(entry, ...args),
      });
      await this.#pool.start();
      await super.serverActivate();
    }

    /** Hands the request to a worker. Settles when it is done with. */
    override async processRequest(request: unknown, clientAddress: unknown): Promise<void> {
      const { payload, ...task } = this.packRequest(request, this.#place);
      await this.#pool?.run({ ...task, payload: { request: payload, clientAddress } });
    }

    async processRequestThread(request: unknown, clientAddress: unknown): Promise<void> {
      try {
        await this.finishRequest(request, clientAddress);
      } catch (error) {
        this.handleError(request, clientAddress, error);
      }
      await this.shutdownRequest(request);
    }

    override shutdown(): void {
      super.shutdown();
      this.#pool?.stop();
    }

    override async serverClose(): Promise<void> {
      this.shutdown();
      const { blockOnClose, closeTimeout } = this.constructor;
      await this.#pool?.close(blockOnClose ? closeTimeout : 0);
      await super.serverClose();
    }

    protected override createHandler(request: unknown, clientAddress: unknown): RequestHandler {
      if (this.#handlerClass === undefined) return super.createHandler(request, clientAddress);
      return new this.#handlerClass(request, clientAddress, this);
    }

    async becomeCopy(): Promise<TaskRunner> {
      const found = await importExport(this.#handler);
      if (typeof found !== "function")
        throw new TypeError(`${JSON.stringify(this.#handler)} is no request handler class`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever named it says so
      this.#handlerClass = found as HandlerClass;
      return {
        run: (payload, link, socket) => this.#run(payload, link, socket),
        stop: () => super.shutdown(),
      };
    }

    async #run(payload: unknown, link: TaskLink, socket: Socket | undefined): Promise<void> {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by `processRequest`
      const { request, clientAddress } = payload as { request: unknown; clientAddress: unknown };
      await this.processRequestThread(this.unpackRequest(request, link, socket), clientAddress);
    }
  }
  return Pooled;
}

/** Stands where a handler class would, in the process that only accepts. */
class NamedHandler implements RequestHandler {
  constructor() {
    throw new Error("the handler of this server runs in its workers");
  }

  async run(): Promise<void> {}

  stop(): void {}
}

/** Where the workers find the class of a server. */
function nameOfClass(server: object): ModuleExport {
  const own: string[] = [];
  for (let prototype: object | null = Object.getPrototypeOf(server); prototype !== null;) {
    const serverClass: unknown = prototype.constructor;
    if (typeof serverClass !== "function") break;
    const module: unknown = Object.getOwnPropertyDescriptor(serverClass, "module")?.value;
    if (typeof module === "string") {
      if (own.length > 0) throw notNamed(server.constructor.name, own);
      return { module, export: serverClass.name };
    }
    if (Object.hasOwn(serverClass, "module")) break;
    own.push(...WORKER_HOOKS.filter((hook) => Object.hasOwn(prototype ?? {}, hook)));
    prototype = Object.getPrototypeOf(prototype);
  }
  throw notNamed(server.constructor.name, own);
}

function notNamed(name: string, hooks: readonly string[]): TypeError {
  const why = hooks.length === 0 ? "" : ` (it overrides ${hooks.join(", ")})`;
  return new TypeError(
    `the workers have to import ${name === "" ? "the server class" : name}${why}: export it under its name, ` +
      "and give it `static override readonly module: string = import.meta.url`",
  );
}
