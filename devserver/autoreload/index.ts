/** `minorswing/devserver/autoreload`: a server process that is replaced when its files change. */
export { RELOAD_EXIT_CODE } from "./messages.ts";
export { inheritedFd, obeySupervisor, reportReady } from "./supervised.ts";
export { Supervisor, type SupervisorOptions } from "./supervisor.ts";
export { watchFolder } from "./watcher.ts";
