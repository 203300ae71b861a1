/**
 * What a process can do before it knows which code it will run, so that there is less to do once it does.
 *
 * Layer 10 (cli). Errors: none; what fails here fails again where somebody hears of it.
 */
import { stripTypeScriptTypes } from "node:module";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import { getWSGIApplication } from "../../../framework/handlers/wsgi-handler.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { path } from "../../../framework/urls/path.ts";

/** Loads what strips types (the slowest part of a first import) and what the project imports; then runs a site that is none. */
export async function warmUp(dependencies: readonly string[]): Promise<void> {
  quietly(() => stripTypeScriptTypes("let answer: number;"));
  for (const url of dependencies) await import(url).catch(() => undefined);
  await getWSGIApplication(
    defineSettings({
      SECRET_KEY: "never used",
      ROOT_URLCONF: () =>
        Promise.resolve({ urlpatterns: [path("<int:answer>/", () => new HttpResponse())] }),
    }),
  );
}

/** Without Node's warning that this function is new: a user has not called it. */
function quietly(call: () => unknown): void {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    call();
  } finally {
    process.emitWarning = emitWarning;
  }
}
