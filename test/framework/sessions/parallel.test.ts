/**
 * Requests that change one session at the same time: in one process, and in several.
 */
import { describe, expect, test } from "vitest";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { StreamingHttpResponse } from "../../../framework/http/streaming-response.ts";
import { fileSessions } from "../../../framework/sessions/backends/file.ts";
import { sqliteSessions } from "../../../framework/sessions/backends/sqlite.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";
import { Sessions } from "../../../framework/sessions/sessions.ts";
import { path } from "../../../framework/urls/path.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { ROOT, TemporaryFolder } from "../../support/projects.ts";
import { runOrFail } from "../../support/processes.ts";
import { ENGINES, sessionSettings } from "../../support/session-engines.ts";
import { LOG_WARNINGS, type Answer, call, makeApplication } from "../../support/wsgi.ts";

/** `set/<key>/<value>/` reads its session, waits until it may go on, and changes it. */
async function makeSite(
  folder: string,
  engine: (typeof ENGINES)[number]["engine"],
): Promise<{ site: WSGIApplication; goOn: () => void; started: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  const waiting: (() => void)[] = [];
  const { ROOT_URLCONF: _, ...settings } = { ...sessionSettings(engine, folder), ...LOG_WARNINGS };
  const site = await makeApplication(
    [
      path("read/", ({ session }: HttpRequest) => {
        return new HttpResponse(JSON.stringify(Object.fromEntries(session)));
      }),
      path("now/<key>/<value>/", ({ session }: HttpRequest, { key, value }) => {
        session.set(key, value);
        return new HttpResponse("ok");
      }),
      path("logout/", ({ session }: HttpRequest) => {
        session.flush();
        return new HttpResponse("bye");
      }),
      path("later/<key>/<value>/", async ({ session }: HttpRequest, { key, value }) => {
        session.get(key);
        waiting.shift()?.();
        await gate.promise;
        session.set(key, value);
        return new StreamingHttpResponse(["ok"]);
      }),
    ],
    { ...settings, MIDDLEWARE: [sessionMiddleware] },
  );
  const started = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
  };
  return { site, goOn: gate.resolve, started };
}

async function get(site: WSGIApplication, url: string, key = ""): Promise<Answer> {
  return await call(site, { path: url, environ: { HTTP_COOKIE: `sessionid=${key}` } });
}

const keyOf = (answer: Answer): string =>
  /^sessionid=([^;]+)/.exec(answer.header("Set-Cookie") ?? "")?.[1] ?? "";

describe.each(ENGINES.filter(({ keepsRecords }) => keepsRecords))("with $name", ({ engine }) => {
  test("two parallel requests that change different keys both have their way", async () => {
    using folder = new TemporaryFolder();
    const { site, goOn, started } = await makeSite(folder.path, engine);
    const key = keyOf(await get(site, "/now/start/1/"));
    const bothStarted = Promise.all([started(), started()]);
    const one = get(site, "/later/one/1/", key);
    const other = get(site, "/later/other/1/", key);
    await bothStarted;
    goOn();

    const answers = await Promise.all([one, other]);

    expect(answers.map(({ errors }) => errors)).toEqual(["", ""]);
    expect(JSON.parse((await get(site, "/read/", key)).text)).toEqual({
      start: "1",
      one: "1",
      other: "1",
    });
  });

  test("of two parallel requests that change one key, the log tells who lost", async () => {
    using folder = new TemporaryFolder();
    const { site, goOn, started } = await makeSite(folder.path, engine);
    const key = keyOf(await get(site, "/now/a/0/"));
    const oneStarted = started();
    const one = get(site, "/later/a/1/", key);
    await oneStarted;
    const other = await get(site, "/now/a/2/", key);
    goOn();
    const late = await one;

    expect(other.errors).toBe("");
    expect(late.status).toBe("200 OK");
    expect(late.errors).toBe(
      "Two requests changed the same session data at once; of a the value that was saved last is kept: /later/a/1/\n",
    );
    expect(JSON.parse((await get(site, "/read/", key)).text)).toEqual({ a: "1" });
  });

  test("a request whose user has logged out meanwhile is answered with 400", async () => {
    using folder = new TemporaryFolder();
    const { site, goOn, started } = await makeSite(folder.path, engine);
    const key = keyOf(await get(site, "/now/a/0/"));
    const oneStarted = started();
    const one = get(site, "/later/a/1/", key);
    await oneStarted;
    await get(site, "/logout/", key);
    goOn();
    const late = await one;

    expect(late.status).toBe("400 Bad Request");
    expect(late.errors).toContain(
      "The request's session was deleted before the request completed.",
    );
    expect(late.header("Set-Cookie")).toBeUndefined();
    expect((await get(site, "/read/", key)).text).toBe("{}");
  });
});

describe.each([
  { name: "sqliteSessions", engine: sqliteSessions },
  { name: "fileSessions", engine: fileSessions },
])("$name in several processes", ({ name, engine }) => {
  test("loses no update", async () => {
    using folder = new TemporaryFolder();
    const settings = sessionSettings(engine, folder.path);
    const session = new Sessions(settings).open();
    session.set("count", 0);
    await session.save();
    const key = session.sessionKey ?? "";
    await folder.write({ "count.ts": countingProgram(name, key) });
    const program = ["--conditions=source", `${folder.path}/count.ts`];

    await Promise.all(
      Array.from({ length: 3 }, () => runOrFail(process.execPath, program, folder.path)),
    );

    const after = new Sessions(settings).at(key);
    expect(Object.fromEntries(after)).toEqual({ count: 90 });
  });
});

function countingProgram(engine: string, key: string): string {
  return `
import { Sessions, ${engine} } from "${ROOT}/framework/sessions/index.ts";
import { sessionSettings } from "${ROOT}/test/support/session-engines.ts";
const sessions = new Sessions(sessionSettings(${engine}, process.cwd()));
for (let i = 0; i < 30; i += 1) {
  const session = sessions.at(${JSON.stringify(key)});
  session.change("count", (count) => Number(count) + 1);
  await new Promise((resolve) => setImmediate(resolve));
  await session.save();
}
`;
}
