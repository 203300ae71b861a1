/**
 * What the shell has at hand.
 *
 * Layer 10 (cli).
 */
import type { Application } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { redirect, render } from "../../../framework/shortcuts.ts";
import { Client } from "../../../framework/testing/client.ts";
import { reverseUnchecked } from "../../../framework/urls/reverse.ts";

/** Values by their names. */
export type ShellNames = Readonly<Record<string, unknown>>;

export function shellNames(app: Application): ShellNames {
  const { settings, resolver } = app;
  return {
    settings,
    app,
    reverse: reverseUnchecked,
    resolve: (path: string) => resolver.resolve(path),
    HttpResponse,
    redirect,
    render,
    Client,
    client: new Client(settings),
  };
}
