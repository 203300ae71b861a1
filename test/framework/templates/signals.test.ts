import { afterEach, describe, expect, test } from "vitest";
import { templateRendered, type TemplateRendered } from "../../../framework/signals/core.ts";
import { renderFiles } from "../../support/templates.ts";
import { makeRequest } from "../../support/wsgi.ts";

const FILES = {
  "base.html": "{% block x %}{% endblock %}",
  "page.html":
    '{% extends "base.html" %}{% set own = 1 %}{% block x %}{% include "part.html" %}{% endblock %}',
  "part.html": "",
};

let disconnect = (): void => undefined;
afterEach(() => disconnect());

describe("templateRendered", () => {
  test("is sent for each template that takes part, with its names and the request", async () => {
    const events: TemplateRendered[] = [];
    disconnect = templateRendered.connect((event) => void events.push(event));
    const request = makeRequest();

    await renderFiles(FILES, { given: "g" }, {}, request);

    expect(events.map(({ template }) => template)).toEqual(["page.html", "base.html", "part.html"]);
    expect(events.every((event) => event.request === request)).toBe(true);
    expect(events[0]?.context).toMatchObject({ given: "g" });
    expect(events[1]?.context).toMatchObject({ given: "g", own: 1 });
  });

  test("does not ask for what nobody wanted", async () => {
    disconnect = templateRendered.connect(() => undefined);
    const request = makeRequest();
    request.getCsrfToken = () => {
      throw new Error("asked for");
    };

    expect(await renderFiles(FILES, {}, {}, request)).toBe("");
  });
});
