import { expect, test, vi } from "vitest";
import { rehearse } from "../../../../devserver/cli/serve/rehearsal.ts";
import { warmUp } from "../../../../devserver/cli/serve/warm-up.ts";

const noted: string[] = [];
Reflect.set(globalThis, "noted", noted);
/** A module that says when it is imported. */
function moduleThatNotes(name: string): string {
  return `data:text/javascript,noted.push("${name}")`;
}

test("A rehearsal is answered as it should be, and nobody hears of it", async () => {
  using out = vi.spyOn(process.stdout, "write");
  using err = vi.spyOn(process.stderr, "write");

  await rehearse();

  expect(out).not.toHaveBeenCalled();
  expect(err).not.toHaveBeenCalled();
});

test("What a project imports is imported ahead, whatever else cannot be had", async () => {
  noted.length = 0;
  const dependencies = [moduleThatNotes("a"), "file:///nowhere.js", moduleThatNotes("b")];

  await warmUp({ dependencies, locals: false }, () => false);

  expect(noted).toEqual(["a", "b"]);
});

test("Who is awaited stops preparing", async () => {
  noted.length = 0;
  const dependencies = [moduleThatNotes("c"), moduleThatNotes("d")];

  await warmUp({ dependencies, locals: false }, () => noted.length > 0);

  expect(noted).toEqual(["c"]);
});
