/** `devserver http [port]`: serves a folder, as `python -m http.server` does. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import {
  type CommandContext,
  CommandError,
  UsageError,
} from "../../../framework/management/command.ts";
import { HTTPServer } from "../../httpserver/http-server.ts";
import { SimpleHTTPRequestHandler } from "../../httpserver/simple-http-request-handler.ts";
import { formatUrl, parseAddress } from "../serve/address.ts";
import { onStop } from "../serve/signals.ts";

export const summary = "serve the files of a folder";
export const usage = "http [port] [--bind ADDRESS] [--directory FOLDER]";
export const options: ParseArgsOptionsConfig = {
  bind: { type: "string", short: "b" },
  directory: { type: "string", short: "d" },
};
export const help: Readonly<Record<string, string>> = {
  bind: "the address to listen on (default: 127.0.0.1; 0.0.0.0 for every interface)",
  directory: "the folder to serve (default: the current one)",
};
export const maxPositionals = 1;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, values, cwd, env, stdout } = context;
  const [port = "8000"] = positionals;
  if (!/^\d+$/.test(port))
    throw new UsageError(`"${port}" is not a valid port number. Usage: devserver ${usage}`);
  const [defaultHost, number] = parseAddress(port);
  const host = typeof values.bind === "string" ? values.bind : defaultHost;
  const folder = resolve(cwd, typeof values.directory === "string" ? values.directory : ".");
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CommandError(`There is no folder ${folder}.`);
  const server = new HTTPServer([host, number], SimpleHTTPRequestHandler.withDirectory(folder));
  await server.start().catch(async (error: unknown) => {
    const { explainBindFailure } = await import("../serve/bind-failure.ts");
    throw await explainBindFailure(error, [host, number], context, ([, free]) => `http ${free}`);
  });
  stdout.write(
    `Serving ${folder} at ${formatUrl([host, server.serverPort])}\nQuit the server with CONTROL-C.\n`,
  );
  using _stop = onStop(env, () => server.shutdown());
  await server.serveForever();
  await server.serverClose();
  return 0;
}
