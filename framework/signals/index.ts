/** `minorswing/signals`: the signal class and the signals the framework sends. */
export { Signal, type Receiver } from "./signal.ts";
export {
  gotRequestException,
  requestFinished,
  requestStarted,
  templateRendered,
  type TemplateRendered,
} from "./core.ts";
