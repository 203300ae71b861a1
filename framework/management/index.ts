/** `minorswing/management`: the contract of commands, and commands called from programs and tests. */
export { type CallOptions, type CallResult, callCommand } from "./call-command.ts";
export {
  type Command,
  type CommandContext,
  CommandError,
  type Input,
  type OptionValue,
  type OptionValues,
  type Output,
  type ProjectCommand,
  type ProjectCommandContext,
  type Surroundings,
  UsageError,
} from "./command.ts";
export { type Style } from "./style.ts";
export { systemChecks } from "./system-checks.ts";
