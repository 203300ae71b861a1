/**
 * What a project or its files can cause, said in one line and without a stack.
 *
 * Layer 10 (cli). Errors: `CommandError` for errors of the framework and of the file system; all others as they are.
 */
import { FrameworkError } from "../../framework/exceptions.ts";
import { CommandError } from "../../framework/management/command.ts";

export async function explained<Result>(action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const isExpected =
      error instanceof FrameworkError || (error instanceof Error && "syscall" in error);
    throw isExpected ? new CommandError(error.message, { cause: error }) : error;
  }
}
