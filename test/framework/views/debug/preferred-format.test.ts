import { expect, test } from "vitest";
import { preferredFormat } from "../../../../framework/views/debug/preferred-format.ts";

test.each<[who: string, accept: string | undefined, format: string]>([
  [
    "a browser",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "text/html",
  ],
  ["curl and fetch", "*/*", "text/plain"],
  ["a client that says nothing", undefined, "text/plain"],
  ["a client that takes nothing", "", "text/plain"],
  ["a client of an API", "application/json", "application/json"],
  ["axios", "application/json, text/plain, */*", "application/json"],
  ["a client that likes text better", "text/plain, text/html;q=0.5", "text/plain"],
  ["any text", "text/*", "text/html"],
  ["a refusal of HTML", "text/html;q=0, */*", "text/plain"],
  ["an image", "image/png", "text/plain"],
])("%s gets its format", (_who, accept, format) => {
  expect(preferredFormat(accept)).toBe(format);
});
