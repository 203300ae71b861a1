import { describe, expect, test } from "vitest";
import { render } from "../../framework/shortcuts.ts";
import { path } from "../../framework/urls/path.ts";
import { TemporaryFolder } from "../support/projects.ts";
import { call, makeApplication } from "../support/wsgi.ts";

describe("render", () => {
  test("takes a name or several, a context, and the options of a response", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "a.txt": "{{ request.path }} {{ x }}" });
    const view = path("here/", (request) =>
      render(request, ["none.txt", "a.txt"], { x: 1 }, { status: 404, contentType: "text/plain" }),
    );
    const application = await makeApplication([view], { TEMPLATES: { DIRS: [folder.path] } });

    const answer = await call(application, { path: "/here/" });

    expect([answer.status, answer.header("Content-Type"), answer.text]).toEqual([
      "404 Not Found",
      "text/plain",
      "/here/ 1",
    ]);
  });
});
