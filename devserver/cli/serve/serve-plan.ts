/**
 * How a project is served: what the command line says, for whoever serves it and whoever supervises.
 *
 * Layer 10 (cli). Pure. Loads nothing: the supervisor needs it before anything else.
 */
import type { Scheme } from "./address.ts";
import type { HttpsPlan } from "../https/https-plan.ts";

export interface ServePlan {
  readonly settingsFile: string;
  /** Threads that run the application, in each process; 0 for none. */
  readonly threads: number;
  /** Processes that accept from one socket; 0 for this one alone. */
  readonly processes: number;
  /** Pages may reload by themselves, if the settings agree. */
  readonly liveReload: boolean;
  /** `undefined` for plain HTTP. */
  readonly https: HttpsPlan | undefined;
}

export function schemeOf({ https }: ServePlan): Scheme {
  return https === undefined ? "http" : "https";
}

/** Whether the project runs in threads or in other processes. */
export function hasWorkers({ threads, processes }: ServePlan): boolean {
  return threads > 0 || processes > 0;
}
