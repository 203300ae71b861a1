import { describe, expect, test } from "vitest";
import {
  AssetAnnouncer,
  liveApplication,
  newGeneration,
} from "../../../../devserver/cli/serve/live-project.ts";
import type { LoadedProject } from "../../../../devserver/cli/project/load-project.ts";
import { WSGIServer } from "../../../../devserver/wsgiserver/wsgi-server.ts";
import { defineSettings } from "../../../../framework/conf/define-settings.ts";
import type { Settings } from "../../../../framework/conf/settings.ts";
import type { WSGIApplication } from "../../../../framework/wsgi.ts";
import { eventually } from "../../../support/processes.ts";
import { LOOPBACK } from "../../../support/stream-servers.ts";
import { call } from "../../../support/wsgi.ts";

const page: WSGIApplication = (_environ, startResponse) => {
  startResponse("200 OK", [["Content-Type", "text/html"]]);
  return [Buffer.from("page")];
};

function settings(more: Partial<Settings>): Settings {
  return defineSettings({
    SECRET_KEY: "for tests",
    ROOT_URLCONF: () => Promise.resolve({ urlpatterns: [] }),
    ...more,
  });
}

async function answer(project: Omit<LoadedProject, "ok">, hasPages: boolean): Promise<string> {
  const application = liveApplication({ ...project, ok: true }, newGeneration(hasPages));
  const environ = { HTTP_SEC_FETCH_DEST: "document" };
  return (await call(application, { environ })).text;
}

describe("the pages of a project", () => {
  test.each<[what: string, settings: Settings | undefined, hasPages: boolean, isLive: boolean]>([
    ["live with DEBUG", settings({ DEBUG: true }), true, true],
    ["live while not even the settings load", undefined, true, true],
    ["not live without DEBUG", settings({ DEBUG: false }), true, false],
    [
      "not live where LIVE_RELOAD is false",
      settings({ DEBUG: true, LIVE_RELOAD: false }),
      true,
      false,
    ],
    ["not live with --no-livereload", settings({ DEBUG: true }), false, false],
  ])("are %s", async (_what, settings, hasPages, isLive) => {
    const text = await answer({ application: page, settings }, hasPages);

    expect(text.includes("<script ")).toBe(isLive);
  });
});

test("a changed template makes an engine forget what it has read, also where pages are not live", async () => {
  let cleared = 0;
  const templates = { clearCache: () => void (cleared += 1) };
  const application = Object.assign(page.bind(undefined), { app: { templates } });
  liveApplication({ application, settings: undefined, ok: true }, newGeneration(false));
  const announcer = new AssetAnnouncer(new WSGIServer(LOOPBACK), []);

  announcer.announce({ kind: "static", paths: ["/site/a.css"] });
  announcer.announce({ kind: "template", paths: ["/site/a.html"] });

  await eventually(async () => (cleared > 0 ? true : undefined));
  expect(cleared).toBe(1);
});
