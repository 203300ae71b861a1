/**
 * The language server of TypeScript, as an editor talks to it: JSON-RPC over its standard streams.
 * Source: the Language Server Protocol 3.17, "Base Protocol".
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { cleanEnv, endsWithTests } from "./processes.ts";
import { ROOT } from "./projects.ts";

const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
}

/** Starts the server in a folder; `await using` ends it. */
export class LanguageServer implements AsyncDisposable {
  readonly #folder: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: Map<number, (result: unknown) => void> = new Map();
  #unread: Buffer = Buffer.alloc(0);
  #lastId = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#child = endsWithTests(
      spawn(process.execPath, [TSC, "--lsp", "--stdio"], {
        cwd: folder,
        env: cleanEnv(),
        stdio: ["pipe", "pipe", "ignore"],
      }),
    );
    this.#child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  async start(): Promise<void> {
    const rootUri = pathToFileURL(this.#folder).href;
    await this.#ask("initialize", { processId: process.pid, rootUri, capabilities: {} });
    this.#send({ method: "initialized", params: {} });
  }

  /** What is offered at the `|` in a file with this text. */
  async completionsAt(file: string, textWithBar: string): Promise<string[]> {
    const uri = pathToFileURL(join(this.#folder, file)).href;
    const before = textWithBar.slice(0, textWithBar.indexOf("|")).split("\n");
    const text = textWithBar.replace("|", "");
    const textDocument = { uri, languageId: "typescript", version: 1, text };
    this.#send({ method: "textDocument/didOpen", params: { textDocument } });
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const answer = await this.#ask("textDocument/completion", { textDocument: { uri }, position });
    this.#send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
    return labelsOf(answer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, "close");
    this.#child.kill();
    await ended;
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answered.resolve);
    this.#send({ id, method, params });
    return answered.promise;
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const end = this.#unread.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#unread.toString("latin1", 0, end);
      const stop = end + 4 + Number(/Content-Length: (\d+)/i.exec(head)?.[1]);
      if (this.#unread.length < stop) return;
      const message: Message = JSON.parse(this.#unread.toString("utf8", end + 4, stop));
      this.#unread = this.#unread.subarray(stop);
      this.#take(message);
    }
  }

  /** A request of the server's own (it registers watchers) is agreed to. */
  #take({ id, method, result }: Message): void {
    if (id === undefined) return;
    if (method === undefined) this.#waiting.get(id)?.(result);
    else this.#send({ id, result: null });
  }
}

function labelsOf(answer: unknown): string[] {
  const items = Array.isArray(answer) ? answer : (answer as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? items.map((item: { label: string }) => item.label) : [];
}
