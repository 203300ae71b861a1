/** `minorswing/devserver/autoreload`: a server process that is replaced when its files change. */
export { type ChangeKind, type FileChange, kindOfChange } from "./changes.ts";
export { type AssetChange, type LoadReport, RELOAD_EXIT_CODE } from "./messages.ts";
export { inheritedFd, type PassedConnection, SupervisedChild } from "./supervised.ts";
export { Supervisor, type SupervisorOptions, type Swap } from "./supervisor.ts";
export { ProjectWatcher } from "./watcher.ts";
