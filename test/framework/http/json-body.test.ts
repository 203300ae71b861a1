import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { StandardResult, StandardSchema } from "../../../framework/http/json-body.ts";
import { answerOf, makeRequest } from "../../support/wsgi.ts";
import { HttpResponse } from "../../../framework/http/response.ts";

/** A schema as the libraries make them. */
function schemaOf<Output>(
  validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>,
): StandardSchema<unknown, Output> {
  return { "~standard": { version: 1, vendor: "test", validate } };
}

const page = schemaOf<{ page: number }>((value) => {
  const found =
    typeof value === "object" && value !== null ? Reflect.get(value, "page") : undefined;
  if (typeof found === "string") return { value: { page: Number(found) } };
  return {
    issues: [
      { message: "must be a string", path: ["page"] },
      { message: "too few", path: [{ key: "list" }, 0, Symbol("s")] },
      { message: "odd as a whole" },
    ],
  };
});

describe("request.json", () => {
  test("gives what the schema makes of the body", async () => {
    const later = schemaOf((value) => Promise.resolve({ value: [value] }));

    expect(await makeRequest({ body: ['{"page":"3"}'] }).json(page)).toEqual({ page: 3 });
    expect(await makeRequest({ body: ["1"] }).json(later)).toEqual([1]);
  });

  test("names every issue of a body that the schema refuses", async () => {
    await expect(makeRequest({ body: ["{}"] }).json(page)).rejects.toMatchObject({
      code: "http.invalid_body",
      message:
        "The request body is not valid: page: must be a string; list.0.Symbol(s): too few; odd as a whole",
      issues: [
        { path: ["page"], message: "must be a string" },
        { path: ["list", 0, "Symbol(s)"], message: "too few" },
        { path: [], message: "odd as a whole" },
      ],
    });
  });

  test.each([
    ["zod", z.object({ page: z.coerce.number(), tags: z.array(z.string()) })],
    [
      "valibot",
      v.object({ page: v.pipe(v.string(), v.transform(Number)), tags: v.array(v.string()) }),
    ],
  ])("takes a schema of %s", async (_name, schema: StandardSchema) => {
    const good = makeRequest({ body: ['{"page":"3","tags":["a"]}'] });
    const bad = makeRequest({ body: ['{"page":"3","tags":["a",1]}'] });

    expect(await good.json(schema)).toEqual({ page: 3, tags: ["a"] });
    await expect(bad.json(schema)).rejects.toMatchObject({
      code: "http.invalid_body",
      issues: [{ path: ["tags", 1], message: expect.stringMatching(/expected string/i) }],
    });
  });

  test("asks no schema about what is no JSON, and is refused over the limit", async () => {
    await expect(makeRequest({ body: ["{"] }).json(page)).rejects.toThrow("is not JSON");
    await expect(
      makeRequest({ body: ['{"page":"3"}'] }, { maxMemorySize: 5 }).json(page),
    ).rejects.toMatchObject({ status: 413 });
  });

  test("keeps __proto__ an ordinary key", async () => {
    const value = await makeRequest({ body: ['{"__proto__":{"x":1}}'] }).json<object>();

    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Reflect.get({}, "x")).toBeUndefined();
  });
});

test.each([true, false])(
  "a refused body is answered 400 with its issues (DEBUG: %s)",
  async (DEBUG) => {
    const answer = await answerOf(
      async (request) => new HttpResponse(String((await request.json(page)).page)),
      { DEBUG, LOGGING: { levels: { minorswing: "info" } } },
      { method: "POST", body: ["{}"] },
    );

    expect(answer.status).toBe("400 Bad Request");
    expect(answer.header("Content-Type")).toBe("application/json");
    expect(JSON.parse(answer.text)).toMatchObject({
      issues: [{ path: ["page"], message: "must be a string" }, {}, {}],
    });
    expect(answer.errors).toMatch(
      /^The request body is not valid: page: must be a string; .*: \/\n$/,
    );
  },
);
