import { describe, expect, test } from "vitest";
import type { Application } from "../../../framework/conf/settings.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  ContentNotRenderedError,
  SimpleTemplateResponse,
  TemplateResponse,
} from "../../../framework/templates/response.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { makeTemplates, thrownBy } from "../../support/templates.ts";
import { makeRequest } from "../../support/wsgi.ts";

const engine = makeTemplates();
const page = engine.fromString("{{ request.path }}{{ x }}");

function requestWith(templates: Application["templates"]): HttpRequest {
  const request = makeRequest({ path: "/here/" });
  // Of an application nothing but its templates is asked for here.
  request.app = { templates } as Application;
  return request;
}

describe("SimpleTemplateResponse", () => {
  test("has no content until it is rendered", () => {
    const response = new SimpleTemplateResponse(engine, page, { x: 1 });

    const errors = [
      (): unknown => response.content,
      (): unknown => response.text,
      (): unknown => [...response],
      (): unknown => response.bodyFor(makeRequest().META),
      (): unknown => response.write("x"),
    ].map((use) => thrownBy(use));

    expect(response.isRendered).toBe(false);
    expect(errors.every((error) => error instanceof ContentNotRenderedError)).toBe(true);
    expect(errors.map(String)).toContainEqual(
      "ContentNotRenderedError: The response content must be rendered before it can be iterated over.",
    );
  });

  test("renders once, with what template and context are by then", () => {
    const response = new SimpleTemplateResponse(engine, page, { x: 1 });
    response.templateName = engine.fromString("new {{ x }}");
    response.contextData = { x: 2 };

    const returned = response.render();
    response.contextData = { x: 3 };
    void response.render();

    expect(returned).toBe(response);
    expect(response.isRendered).toBe(true);
    expect(response.text).toBe("new 2");
    expect(response.renderedContent).toBe("new 3");
    expect([...response].map(String)).toEqual(["new 2"]);
  });

  test("counts as rendered once its content is set", () => {
    const response = new SimpleTemplateResponse(engine, page);
    response.content = "set";

    void response.render();

    expect([response.isRendered, response.text]).toEqual([true, "set"]);
  });

  test("finds its template by name, or by the first name that exists", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.html": "a" });
    const templates = makeTemplates([folder.path]);

    const responses = ["a.html", ["none.html", "a.html"], templates.getTemplate("a.html")].map(
      (choice) => new SimpleTemplateResponse(templates, choice),
    );
    for (const response of responses) void response.render();

    expect(responses.map((response) => response.text)).toEqual(["a", "a", "a"]);
  });

  test("takes the options of every response", () => {
    const response = new SimpleTemplateResponse(
      engine,
      page,
      {},
      { status: 404, contentType: "text/plain" },
    );

    expect([response.status, response.headers.get("Content-Type")]).toEqual([404, "text/plain"]);
  });

  test("calls callbacks in order when it is rendered, and at once when it is already", () => {
    const response = new SimpleTemplateResponse(engine, page, { x: 1 });
    const calls: string[] = [];
    void response.addPostRenderCallback((rendered) => void calls.push(`a ${rendered.text}`));
    void response.addPostRenderCallback(() => void calls.push("b"));

    void response.render();
    void response.addPostRenderCallback(() => void calls.push("c"));
    void response.render();

    expect(calls).toEqual(["a 1", "b", "c"]);
  });

  test("is replaced by what a callback returns, also later", async () => {
    const first = new SimpleTemplateResponse(engine, page);
    const second = new SimpleTemplateResponse(engine, page);
    const instead = new HttpResponse("instead");
    void first.addPostRenderCallback(() => instead);
    void first.addPostRenderCallback(() => undefined);
    void second.addPostRenderCallback(() => Promise.resolve(instead));

    expect(first.render()).toBe(instead);
    expect(await second.render()).toBe(instead);
  });

  test("lets a subclass decide about template and context", () => {
    class Own extends SimpleTemplateResponse {
      override resolveContext(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
        return { ...context, x: "own" };
      }
    }
    const response = new Own(engine, page);

    void response.render();

    expect(response.text).toBe("own");
  });
});

describe("TemplateResponse", () => {
  test("renders for its request", () => {
    const response = new TemplateResponse(requestWith(engine), page, { x: 1 });

    void response.render();

    expect(response.text).toBe("/here/1");
  });
});
