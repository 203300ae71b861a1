/**
 * From one application to the next below it.
 *
 * Layer 3 (wsgiserver). Source: CPython wsgiref/util.py (`shift_path_info`).
 * Differs from Python: `..` is a name like any other, and does not climb in `SCRIPT_NAME`.
 */
import type { Environ } from "../../framework/wsgi.ts";

/**
 * Moves the first name of `PATH_INFO` to the end of `SCRIPT_NAME` and returns it; `undefined` when there is none. Changes
 * `environ`. A `PATH_INFO` of `/` gives the name `""`, so that `/x` and `/x/` can be told apart.
 */
export function shiftPathInfo(environ: Environ): string | undefined {
  if (environ.PATH_INFO === "") return undefined;
  const [, ...parts] = environ.PATH_INFO.split("/");
  const last = parts.pop() ?? "";
  const names = [...parts.filter((part) => part !== "" && part !== "."), last];
  const [name = "", ...left] = names;
  const isDot = name === ".";
  const script = environ.SCRIPT_NAME.replace(/\/+$/, "");
  // PATH_INFO of "/" leaves its mark on SCRIPT_NAME: the slash at its end.
  environ.SCRIPT_NAME = isDot ? script : `${script}/${name}`;
  environ.PATH_INFO = left.map((part) => `/${part}`).join("");
  return isDot ? undefined : name;
}
