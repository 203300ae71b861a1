/**
 * Which names a project or an app may have.
 *
 * Layer 10 (cli). Errors: `UsageError`. Source: Django core/management/templates.py (`validate_name`).
 */
import { isBuiltin } from "node:module";
import { UsageError } from "../../../framework/management/command.ts";

/** npm's longest; it is also a folder. */
const LONGEST = 214;
const NAME = /^[a-z][a-z0-9_-]*$/;

/** A project may not be called as a package that it needs: npm installs no package into itself. */
const TAKEN: ReadonlySet<string> = new Set(["minorswing", "node_modules", "typescript", "vitest"]);

/** An app may not be called as a folder of its project, either. */
const FOLDERS: ReadonlySet<string> = new Set(["collected", "management", "static", "templates"]);

export type Kind = "app" | "project";

/** Throws for a name that cannot be a folder, a package and part of a path in `import`. */
export function checkName(name: string, kind: Kind): void {
  if (!NAME.test(name) || name.length > LONGEST) {
    throw new UsageError(
      `'${name}' is not a valid ${kind} name. Use lower-case letters, digits, - and _, and start with a letter.`,
    );
  }
  if (TAKEN.has(name) || isBuiltin(name) || (kind === "app" && FOLDERS.has(name))) {
    throw new UsageError(
      `'${name}' conflicts with the name of an existing module or folder and cannot be used as ${kind === "app" ? "an app" : "a project"} name. Please try another name.`,
    );
  }
}

/** `my-app` → `myApp`. */
export function toCamelCase(name: string): string {
  return name.replaceAll(/[-_]+([a-z0-9])?/g, (_, letter: string = "") => letter.toUpperCase());
}
