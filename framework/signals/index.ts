/** `minorswing/signals`: the signal class and the signals the framework sends. */
export { type ConnectOptions, type Outcome, type Receiver, type Reply, Signal } from "./signal.ts";
export {
  gotRequestException,
  requestFinished,
  requestStarted,
  templateRendered,
  type TemplateRendered,
} from "./core.ts";
