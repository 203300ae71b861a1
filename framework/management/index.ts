/** `minorswing/management`: the contract of commands. */
export {
  type Command,
  type CommandContext,
  CommandError,
  type OptionValue,
  type Output,
} from "./command.ts";
export { systemChecks } from "./system-checks.ts";
