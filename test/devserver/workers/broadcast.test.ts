import { expect, test } from "vitest";
import { broadcast, onBroadcast } from "../../../devserver/workers/broadcast.ts";

test("a message reaches who listens to its topic, in this thread too", async () => {
  const heard = Promise.withResolvers<unknown>();
  using _other = onBroadcast("minorswing.test.other", () => heard.reject(new Error("not for me")));
  using _listener = onBroadcast("minorswing.test", heard.resolve);

  broadcast("minorswing.test", { revision: 1 });

  expect(await heard.promise).toEqual({ revision: 1 });
});
