/**
 * What the shell has at hand.
 *
 * Layer 10 (cli).
 */
import type { Application, Settings } from "../../../framework/conf/settings.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { redirect, render } from "../../../framework/shortcuts.ts";
import { reverseUnchecked } from "../../../framework/urls/reverse.ts";

/** Values by their names. */
export type ShellNames = Readonly<Record<string, unknown>>;

/** The package's own entry for tests, which stands above what the command line needs. */
const TESTING: string = "minorswing/testing";

export async function shellNames(app: Application): Promise<ShellNames> {
  const { settings, resolver } = app;
  const Client = await importClient();
  return {
    settings,
    app,
    reverse: reverseUnchecked,
    resolve: (path: string) => resolver.resolve(path),
    HttpResponse,
    redirect,
    render,
    ...(Client && { Client, client: new Client(settings) }),
  };
}

type ClientClass = new (settings: Settings) => object;

/** The client of `minorswing/testing`; `undefined` where the package has none. */
async function importClient(): Promise<ClientClass | undefined> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entry's own type
    return ((await import(TESTING)) as { readonly Client: ClientClass }).Client;
  } catch {
    return undefined;
  }
}
