import { describe, expect, test } from "vitest";
import { type FileChange, kindOfChange } from "../../../devserver/autoreload/changes.ts";
import type { LoadReport } from "../../../devserver/autoreload/messages.ts";

const LOADED: LoadReport = {
  ok: true,
  modules: ["/site/settings.ts", "/site/urls.ts", "/site/data.json", "/lib/shared.ts"],
  next: { dependencies: [], locals: false },
  templates: ["/site/templates"],
  statics: ["/site/static"],
};
const BROKEN: LoadReport = { ...LOADED, ok: false };
const UNSEEN: LoadReport = { ...LOADED, modules: undefined };

describe("kindOfChange", () => {
  test.each<[event: FileChange["event"], path: string, report: LoadReport, kind: string]>([
    ["change", "/site/settings.ts", LOADED, "settings"],
    ["change", "/site/.env", LOADED, "settings"],
    ["add", "/site/.env.local", LOADED, "settings"],
    ["change", "/site/.environment.ts", LOADED, "nothing"],
    ["change", "/site/urls.ts", LOADED, "code"],
    ["change", "/site/data.json", LOADED, "code"],
    ["change", "/lib/shared.ts", LOADED, "code"],
    ["unlink", "/site/urls.ts", LOADED, "code"],
    ["add", "/site/views.ts", LOADED, "code"],
    ["unlink", "/site/old.ts", LOADED, "code"],
    ["change", "/site/views.test.ts", LOADED, "nothing"],
    ["change", "/site/log.json", LOADED, "nothing"],
    ["add", "/site/log.json", LOADED, "nothing"],
    ["change", "/site/db.sqlite3", LOADED, "nothing"],
    ["change", "/site/templates/home.html", LOADED, "template"],
    ["add", "/site/templates/polls/new.txt", LOADED, "template"],
    ["change", "/site/templates-old/home.html", LOADED, "nothing"],
    ["change", "/site/static/site.css", LOADED, "static"],
    ["change", "/site/static/site.js", LOADED, "static"],
    ["unlink", "/site/static/logo.png", LOADED, "static"],
    ["change", "/site/never-imported.ts", BROKEN, "code"],
    ["change", "/site/log.json", BROKEN, "code"],
    ["change", "/site/notes.txt", BROKEN, "nothing"],
    ["change", "/site/any.ts", UNSEEN, "code"],
    ["change", "/site/any.json", UNSEEN, "nothing"],
  ])("%s of %s", (event, path, report, kind) => {
    expect(kindOfChange({ event, path }, "/site/settings.ts", report) ?? "nothing").toBe(kind);
  });

  test("takes everything that can be imported for code while nothing has loaded", () => {
    const change = { event: "change", path: "/site/urls.ts" } as const;

    expect(kindOfChange(change, "/site/settings.ts", undefined)).toBe("code");
  });
});
