import { expect, test } from "vitest";
import { toPageChange } from "../../../devserver/livereload/page-change.ts";

const STATICS = ["/site/polls/static", "/site/static"];

test("style sheets are named as their URLs end", () => {
  const paths = ["/site/polls/static/polls/a.css", "/site/static/b.css"];

  expect(toPageChange({ kind: "static", paths }, STATICS)).toEqual({
    type: "css",
    names: ["polls/a.css", "b.css"],
  });
});

test("whatever else changes needs a new page", () => {
  const reload = { type: "reload" };

  expect(toPageChange({ kind: "template", paths: ["/site/a.html"] }, STATICS)).toEqual(reload);
  expect(
    toPageChange({ kind: "static", paths: ["/site/static/a.css", "/site/static/a.js"] }, STATICS),
  ).toEqual(reload);
});
