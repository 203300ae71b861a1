import { describe, expect, expectTypeOf, test } from "vitest";
import { Http404 } from "../../framework/exceptions.ts";
import type { HttpRequest } from "../../framework/http/request.ts";
import { getListOr404, getObjectOr404, render } from "../../framework/shortcuts.ts";

const tunes = new Map([[1, "Minor Swing"]]);

describe("getObjectOr404", () => {
  test("gives what there is, at once", () => {
    const tune = getObjectOr404(() => tunes.get(1), "Tune");

    expectTypeOf(tune).toEqualTypeOf<string>();
    expect(tune).toBe("Minor Swing");
  });

  test("keeps what is only falsy", () => {
    expect([getObjectOr404(() => 0), getObjectOr404(() => "")]).toEqual([0, ""]);
  });

  test.each([undefined, null])("takes %s for a 404", (nothing) => {
    const lookup = () => getObjectOr404(() => nothing, "Tune");

    expect(lookup).toThrow(new Http404("No Tune matches the given query."));
  });

  test("waits for a look-up that has to be waited for", async () => {
    const found = getObjectOr404(async () => tunes.get(1));

    expectTypeOf(found).toEqualTypeOf<Promise<string>>();
    expect(await found).toBe("Minor Swing");
    await expect(getObjectOr404(async () => tunes.get(2), "Tune")).rejects.toThrow(Http404);
  });

  test("lets the look-up's own errors pass", () => {
    const lookup = (): string => {
      throw new RangeError("no database");
    };

    expect(() => getObjectOr404(lookup)).toThrow(RangeError);
  });
});

describe("getListOr404", () => {
  test("gives the list of what there is", async () => {
    expect(getListOr404(() => tunes.values())).toEqual(["Minor Swing"]);
    expect(await getListOr404(async () => [1, 2])).toEqual([1, 2]);
  });

  test("takes an empty one for a 404", async () => {
    expect(() => getListOr404(() => [], "Tune")).toThrow("No Tune matches the given query.");
    await expect(getListOr404(async () => [])).rejects.toThrow(Http404);
  });
});

test("render takes a status and a content type", () => {
  const request = { app: { templates: { renderToString: () => "<rss/>" } } } as unknown;

  const response = render(
    request as HttpRequest,
    "feed.xml",
    {},
    {
      status: 203,
      contentType: "application/rss+xml",
    },
  );

  expect(response.status).toBe(203);
  expect(response.headers.get("Content-Type")).toBe("application/rss+xml");
  expect(response.text).toBe("<rss/>");
});
