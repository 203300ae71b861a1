/** A forward proxy that asks its upstream once per path. Arguments: the port, the upstream's URL, the cache's folder. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BaseHTTPRequestHandler, HTTPServer } from "minorswing/devserver/httpserver";

const [port = "9000", upstream = "http://127.0.0.1:8000", folder = "cache"] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

class CacheHandler extends BaseHTTPRequestHandler {
  async doGET(): Promise<void> {
    const file = join(folder, createHash("sha256").update(this.path).digest("hex"));
    const cached = await readFile(file).catch(() => undefined);
    console.log(`${cached === undefined ? "Cache miss" : "Cache hit"} ${this.path}`);
    const data = cached ?? (await this.#fetch(file));
    if (data === undefined) return await this.sendError(502, "The upstream did not answer");
    this.sendResponse(200);
    this.sendHeader("Content-Length", String(data.length));
    await this.endHeaders();
    await this.wfile.write(data);
  }

  /** Asks the upstream and keeps its answer; nothing when it fails. */
  async #fetch(file: string): Promise<Buffer | undefined> {
    try {
      const response = await fetch(new URL(this.path, upstream));
      const data = Buffer.from(await response.arrayBuffer());
      if (response.ok) await writeFile(file, data);
      return data;
    } catch {
      return undefined;
    }
  }
}

await using server = await new HTTPServer(["127.0.0.1", Number(port)], CacheHandler).start();
console.log(`listening on ${server.serverAddress.join(":")}`);
await server.serveForever();
