/**
 * Which of the system's errors it is: `"ENOENT"`, `"ERR_MODULE_NOT_FOUND"`.
 *
 * Layer 0. Pure.
 */

/** `undefined` for what has no code, or is no error. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
