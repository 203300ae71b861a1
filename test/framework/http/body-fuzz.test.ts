import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FrameworkError } from "../../../framework/exceptions.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import {
  FileUploadHandler,
  SkipFile,
  StopUpload,
} from "../../../framework/http/uploads/upload-handlers.ts";
import type { Chunk } from "../../../framework/wsgi.ts";
import { formOf, streamed, uploadOf, UploadFolder } from "../../support/multipart.ts";
import { generateBody, generateCookies } from "../../support/multipart-corpus.ts";
import { Random } from "../../support/random.ts";
import { makeRequest } from "../../support/wsgi.ts";

/** A short run here; `npm run fuzz -- bodies` makes it a long one. */
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 3000);
const FIRST = Number(process.env.FUZZ_FIRST ?? 0);
/** No outcome after so many milliseconds is a hang. */
const PATIENCE = 20_000;

const folder = new UploadFolder();
const unhandled: unknown[] = [];
const note = (error: unknown): number => unhandled.push(error);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => {
  process.off("unhandledRejection", note);
  folder[Symbol.dispose]();
});

/** Throws a control exception now and then. */
class Moody extends FileUploadHandler {
  readonly #random: Random;

  constructor(random: Random) {
    super();
    this.#random = random;
  }

  override newFile(): void {
    this.#mood();
  }

  override receiveDataChunk(chunk: Chunk): Chunk {
    this.#mood();
    return chunk;
  }

  override fileComplete(): undefined {
    this.#mood();
  }

  #mood(): void {
    const mood = this.#random.below(30);
    if (mood === 0) throw new SkipFile();
    if (mood === 1) throw new StopUpload({ connectionReset: true });
    if (mood === 2) throw new StopUpload();
  }
}

/** The whole form as text, or the code of the error; any other error is a failure. */
async function outcomeOf(request: HttpRequest): Promise<string> {
  try {
    return JSON.stringify(await formOf(request));
  } catch (error) {
    if (error instanceof FrameworkError) return error.code;
    throw error;
  }
}

async function withPatience(work: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("hangs")), PATIENCE);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** One request: read the way the seed says, and closed. */
async function readInPieces(
  seed: number,
  pieces: readonly Buffer[],
  type: string,
): Promise<string> {
  const random = new Random(seed ^ 0x5eed);
  const onDisk = random.below(4) === 0;
  const breaks = random.below(12) === 0;
  const input = streamed(function* () {
    yield* breaks ? pieces.slice(0, -1) : pieces;
    if (breaks) throw new Error("gone");
  });
  const request = uploadOf(
    pieces,
    {
      fileUploadTempDir: folder.path,
      fileUploadMaxMemorySize: onDisk ? 0 : 1e6,
      maxFields: 3,
      maxFiles: 2,
      maxMemorySize: 1200,
    },
    { environ: { CONTENT_TYPE: type, "wsgi.input": input } },
  );
  if (random.below(6) === 0)
    request.uploadHandlers = [new Moody(random), ...request.uploadHandlers];
  if (random.below(6) === 0) await request.body.catch(() => undefined);
  if (random.below(40) === 0) await request.close();
  try {
    return await withPatience(outcomeOf(request));
  } finally {
    await request.close();
  }
}

describe("mutated bodies", () => {
  test(
    "crash nothing, hang nothing, leave no file, and mean the same however they are split",
    async () => {
      const outcomes = new Map<string, number>();
      for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
        const random = new Random(seed);
        const { type, body } = generateBody(random);

        const split = await readInPieces(seed, random.split(body, 1 + random.below(60)), type);
        const kind = split.startsWith("{") ? "form" : split;
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);

        expect(await folder.files(), `seed ${seed} leaves a file`).toEqual([]);
        const plain = { maxMemorySize: null };
        const sketch = { environ: { CONTENT_TYPE: type } };
        const pieces = new Random(seed + 1).split(body, 25);
        const atOnce = await withPatience(outcomeOf(uploadOf([body], plain, sketch)));
        const inPieces = await withPatience(outcomeOf(uploadOf(pieces, plain, sketch)));
        expect(inPieces, `seed ${seed} depends on the split`).toBe(atOnce);
      }

      expect(unhandled).toEqual([]);
      if (SEEDS > 3000) console.log(SEEDS, "bodies:", Object.fromEntries(outcomes));
      expect(outcomes.get("form")).toBeGreaterThan(SEEDS / 5);
      expect(outcomes.get("http.multipart_parser")).toBeGreaterThan(SEEDS / 10);
    },
    60_000 + SEEDS * 20,
  );
});

test(
  "mutated Cookie headers are texts by name, never an error",
  () => {
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      const HTTP_COOKIE = generateCookies(new Random(seed));

      const cookies = makeRequest({ environ: { HTTP_COOKIE } }).COOKIES;

      const values = Object.keys(cookies).map((name) => typeof cookies[name]);
      expect(new Set([...values, "string"]), `seed ${seed}`).toEqual(new Set(["string"]));
    }
    expect(Reflect.get({}, "1")).toBeUndefined();
  },
  60_000 + SEEDS,
);
