/**
 * A project whose pages are live: what runs it hears of changed files, and tells the pages.
 *
 * Layer 10 (cli). One process is told by the supervisor; the application may run in its threads, or in processes of its own
 * and their threads.
 */
import { randomBytes } from "node:crypto";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import type { AssetChange } from "../../autoreload/messages.ts";
import { LiveReload } from "../../livereload/live-reload.ts";
import { type PageChange, toPageChange } from "../../livereload/page-change.ts";
import { broadcast, onBroadcast } from "../../workers/broadcast.ts";
import type { ForkingWSGIServer } from "../../wsgiserver/forking-wsgi-server.ts";
import type { WSGIServer } from "../../wsgiserver/wsgi-server.ts";
import type { LoadedProject } from "../project/load-project.ts";

/** What everything that runs one generation of a project knows. */
export interface LiveOptions {
  readonly generation: string;
  /** Pages may carry the script, if the settings agree. */
  readonly hasPages: boolean;
}

interface AssetNews {
  readonly kind: AssetChange["kind"];
  readonly page: PageChange;
  readonly revision: number;
}

const TOPIC = "minorswing.assets";

export function newGeneration(hasPages: boolean): LiveOptions {
  return { generation: randomBytes(5).toString("hex"), hasPages };
}

/** The project's application, which hears of changed files from now on. */
export function liveApplication(project: LoadedProject, options: LiveOptions): WSGIApplication {
  const { application, settings } = project;
  const { DEBUG = true, LIVE_RELOAD = true } = settings ?? {};
  const isLive = options.hasPages && DEBUG && LIVE_RELOAD;
  const live = isLive ? new LiveReload(options.generation) : undefined;
  onBroadcast(TOPIC, (message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `AssetAnnouncer`
    const { kind, page, revision } = message as AssetNews;
    if (kind === "template") clearTemplates(application);
    live?.announce(page, revision);
  });
  return live === undefined ? application : live.wrap(application);
}

/** Tells all that run the application of `server`. */
export class AssetAnnouncer {
  readonly #server: WSGIServer;
  readonly #statics: readonly string[];
  #revision = 0;

  /** `statics`: the folders of static files. */
  constructor(server: WSGIServer, statics: readonly string[]) {
    this.#server = server;
    this.#statics = statics;
  }

  announce(change: AssetChange): void {
    this.#revision += 1;
    const page = toPageChange(change, this.#statics);
    const news: AssetNews = { kind: change.kind, page, revision: this.#revision };
    if (hasProcesses(this.#server)) this.#server.broadcast(TOPIC, news);
    else broadcast(TOPIC, news);
  }
}

/** Told by what it has: to load that class takes time, and few need it. */
function hasProcesses(server: WSGIServer): server is ForkingWSGIServer {
  return "broadcast" in server;
}

/** What the framework's application says of itself. */
interface WithTemplates {
  readonly app?: { readonly templates?: { readonly clearCache?: () => void } };
}

/** For an engine that keeps what it has read. */
function clearTemplates(application: WSGIApplication & WithTemplates): void {
  application.app?.templates?.clearCache?.();
}
