/** `minorswing/checks`: system checks: messages, the list of checks, the report. */
export {
  CheckMessage,
  type CheckMessageOptions,
  Critical,
  Debug,
  ErrorMessage,
  Info,
  type LevelName,
  LEVELS,
  Warning,
} from "./messages.ts";
export { type Check, CheckRegistry, runChecks, type RunChecksOptions } from "./registry.ts";
export { type CheckReport, type CheckReportOptions, reportChecks } from "./report.ts";
