/**
 * Requests that go on while a server is replaced, and what became of each.
 *
 * Every answer says which generation of the code made it, and repeats the id of its request; so it can be told whether it
 * is the right one, and whether old code answered after new code had. Times in milliseconds.
 */
import net, { type Socket } from "node:net";
import { sleep } from "./client.ts";

export interface Outcome {
  answered: number;
  refused: number;
  /** Connections that ended before the answer was there. */
  cut: number;
  /** Answers to something else, or of older code than one before. */
  wrong: number;
}

const ANSWER =
  /^HTTP\/1\.1 (\d+) [^\r\n]*(?:\r\n[^\r\n]+)*?\r\ncontent-length: (\d+)(?:\r\n[^\r\n]+)*\r\n\r\n/i;
const PIPELINED = 8;

export class Traffic implements AsyncDisposable {
  readonly outcome: Outcome = { answered: 0, refused: 0, cut: 0, wrong: 0 };
  readonly #port: number;
  readonly #loops: Promise<void>[];
  #isOver = false;
  #id = 0;
  #newest = 0;
  #onGeneration: { readonly generation: number; readonly resolve: () => void } | undefined;

  /** Two loops of new connections, and `kept` connections that are never closed and send several requests at once. */
  constructor(port: number, kept: number) {
    this.#port = port;
    this.#loops = [
      ...Array.from({ length: 2 }, () => this.#connectAnew()),
      ...Array.from({ length: kept }, () => this.#keepAsking()),
    ];
  }

  /** Settles with the first answer that `generation` makes. */
  async untilGeneration(generation: number, patience: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onGeneration = { generation, resolve };
    const late = sleep(patience).then(() => {
      throw new Error(`no answer of generation ${generation} within ${patience} ms`);
    });
    await Promise.race([promise, late]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  async #connectAnew(): Promise<void> {
    while (!this.#isOver) {
      const client = new Client(this.#port);
      await this.#exchange(client, 1, "close");
      client.end();
      await sleep(4);
    }
  }

  async #keepAsking(): Promise<void> {
    let client = new Client(this.#port);
    while (!this.#isOver) {
      if (!(await this.#exchange(client, PIPELINED, "keep-alive"))) {
        client.end();
        await sleep(5);
        client = new Client(this.#port);
      }
      await sleep(60);
    }
    client.end();
  }

  /** False when the connection is of no use any more. */
  async #exchange(client: Client, count: number, connection: string): Promise<boolean> {
    const sent = Array.from({ length: count }, () => ({
      id: (this.#id += 1),
      least: this.#newest,
    }));
    client.send(
      sent
        .map(
          ({ id }) =>
            `GET /probe/?id=${id} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: ${connection}\r\n\r\n`,
        )
        .join(""),
    );
    for (const { id, least } of sent) {
      const answer = await client.answer();
      if (typeof answer !== "string") {
        this.outcome[answer.failed] += 1;
        return false;
      }
      this.#judge(answer, id, least);
    }
    return true;
  }

  #judge(answer: string, id: number, least: number): void {
    this.outcome.answered += 1;
    const [generation = Number.NaN, echoed] = answer.split(" ").map(Number);
    if (echoed !== id || !(generation >= least)) this.outcome.wrong += 1;
    if (generation > this.#newest) this.#newest = generation;
    const waiting = this.#onGeneration;
    if (waiting !== undefined && generation >= waiting.generation) {
      this.#onGeneration = undefined;
      waiting.resolve();
    }
  }
}

interface Failure {
  readonly failed: "cut" | "refused";
}

/** A connection whose answers are taken one by one. */
export class Client {
  readonly #socket: Socket;
  #text = "";
  #failure: Failure | undefined;
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.#socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (piece) => {
      this.#text += String(piece);
      this.#wake();
    });
    this.#socket.on("error", (error) => {
      const isRefused = "code" in error && error.code === "ECONNREFUSED";
      this.#failure ??= { failed: isRefused ? "refused" : "cut" };
      this.#wake();
    });
    this.#socket.on("close", () => {
      this.#failure ??= { failed: "cut" };
      this.#wake();
    });
  }

  send(text: string): void {
    this.#socket.write(text);
  }

  /** The body of the next answer. */
  async answer(): Promise<string | Failure> {
    for (;;) {
      const head = ANSWER.exec(this.#text);
      const end = head === null ? Number.POSITIVE_INFINITY : head[0].length + Number(head[2]);
      if (head !== null && this.#text.length >= end) {
        const body = this.#text.slice(head[0].length, end);
        this.#text = this.#text.slice(end);
        return head[1] === "200" ? body : `status ${head[1]}`;
      }
      if (this.#failure !== undefined) return this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  end(): void {
    this.#socket.destroy();
  }
}
