import { describe, expect, test, vi } from "vitest";
import type { Settings } from "../../../framework/conf/settings.ts";
import { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import {
  addMessage,
  debug,
  error,
  getLevel,
  getMessages,
  info,
  MessageFailure,
  setLevel,
  success,
  warning,
} from "../../../framework/messages/api.ts";
import { messagesContext } from "../../../framework/messages/context-processor.ts";
import { CookieStorage } from "../../../framework/messages/cookie-storage.ts";
import { DEBUG, ERROR } from "../../../framework/messages/levels.ts";
import { messagesMiddleware } from "../../../framework/messages/middleware.ts";
import { MemorySessionStore } from "../../../framework/sessions/backends/memory.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";
import { redirect, render } from "../../../framework/shortcuts.ts";
import { path } from "../../../framework/urls/path.ts";
import { formatHtml, markSafe } from "../../../framework/utils/safe-string.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { TemporaryFolder } from "../../support/projects.ts";
import { type Answer, call, makeApplication } from "../../support/wsgi.ts";

type MessageView = (request: HttpRequest) => unknown;

async function makeSite(
  views: Readonly<Record<string, MessageView>>,
  settings: Partial<Settings> = {},
): Promise<WSGIApplication> {
  const store = new MemorySessionStore();
  const patterns = Object.entries(views).map(([name, view]) =>
    path(name === "" ? "" : `${name}/`, (request: HttpRequest) => {
      const result = view(request);
      return result instanceof HttpResponse ? result : new HttpResponse(String(result));
    }),
  );
  return await makeApplication(patterns, {
    SESSION_ENGINE: () => store,
    MIDDLEWARE: [sessionMiddleware, messagesMiddleware],
    ...settings,
  });
}

const cookieOf = (answer: Answer): Record<string, unknown> => ({
  HTTP_COOKIE: answer.headers
    .filter(([name]) => name === "Set-Cookie")
    .map(([, value]) => value.split(";", 1)[0])
    .join("; "),
});

const show: MessageView = (request) => Array.from(getMessages(request), ({ tags }) => tags);

describe("messagesMiddleware", () => {
  test("takes messages over a redirect", async () => {
    const site = await makeSite({
      "": (request) => Array.from(getMessages(request), String),
      save: (request) => {
        success(request, "Saved.");
        return redirect("/");
      },
    });

    const saved = await call(site, { path: "/save/" });
    const shown = await call(site, { environ: cookieOf(saved) });

    expect(shown.text).toBe("Saved.");
    expect(shown.header("Set-Cookie")).toContain("messages=; Max-Age=0");
  });

  test("costs no cookie and no session where there are no messages", async () => {
    const answer = await call(await makeSite({ "": show }));

    expect(answer.text).toBe("");
    expect(answer.header("Set-Cookie")).toBeUndefined();
    expect(answer.header("Vary")).toBeUndefined();
  });

  test.each([
    ["without a session middleware", [messagesMiddleware]],
    ["before the session middleware", [messagesMiddleware, sessionMiddleware]],
  ])("says how to be installed when it is %s", async (_name, MIDDLEWARE) => {
    const site = await makeSite({ "": show }, { MIDDLEWARE });

    const answer = await call(site);

    expect(answer.status).toMatch(/^500/);
    expect(answer.errors).toContain(
      "ImproperlyConfigured: The session-based temporary message storage requires session middleware to be installed, and come before the message middleware in the MIDDLEWARE setting.",
    );
  });

  test("needs no session for a storage that needs none", async () => {
    const site = await makeSite(
      { "": (request) => info(request, "one") },
      { MIDDLEWARE: [messagesMiddleware], MESSAGE_STORAGE: CookieStorage },
    );

    expect((await call(site)).header("Set-Cookie")).toMatch(/^messages=/);
  });

  test.each([
    [true, "500 Internal Server Error"],
    [false, "200 OK"],
  ])("says with DEBUG %s that there was no room for a message", async (DEBUG, status) => {
    const long = Array.from({ length: 900 }, (_, i) => Math.sin(i)).join("");
    const settings = { DEBUG, MESSAGE_STORAGE: CookieStorage };
    const site = await makeSite({ "": (request) => info(request, long) }, settings);

    const answer = await call(site);

    expect(answer.status).toBe(status);
    expect(answer.errors.includes("Not all temporary messages could be stored.")).toBe(DEBUG);
  });
});

describe("the functions", () => {
  test("add messages of their levels, with their tags", async () => {
    const site = await makeSite(
      {
        "": (request) => {
          debug(request, "a");
          info(request, "a");
          success(request, "a", { extraTags: "big" });
          warning(request, "a");
          error(request, "a");
          addMessage(request, 35, "a", { extraTags: "own" });
          return show(request);
        },
      },
      { MESSAGE_LEVEL: DEBUG, MESSAGE_TAGS: { 20: "note", 30: "" } },
    );

    expect((await call(site)).text).toBe("debug,note,big success,,error,own");
  });

  test("set the level of a request", async () => {
    const levels: unknown[] = [];
    const site = await makeSite({
      "": (request) => {
        levels.push(getLevel(request), setLevel(request, ERROR), getLevel(request));
        warning(request, "too low");
        levels.push(setLevel(request, null), getLevel(request));
        return show(request);
      },
    });

    expect((await call(site)).text).toBe("");
    expect(levels).toEqual([20, true, 40, true, 20]);
  });

  test("say what is missing without the middleware, unless they are to be silent", () => {
    const request = new HttpRequest();

    expect(() => success(request, "x")).toThrow(MessageFailure);
    expect(() => success(request, "x")).toThrow(
      "You cannot add messages without installing messagesMiddleware in the MIDDLEWARE setting.",
    );
    success(request, "x", { failSilently: true });
    expect([...getMessages(request)]).toEqual([]);
    expect(getLevel(request)).toBe(20);
    expect(setLevel(request, 30)).toBe(false);
  });

  test("refuse what is no request", () => {
    const nothing = {} as HttpRequest;

    expect(() => info(nothing, "x", { failSilently: true })).toThrow(
      "addMessage() argument must be an HttpRequest object, not an object.",
    );
  });
});

describe("the context processor", () => {
  const template = `{% if messages %}<ul>{% for message in messages %}
<li class="{{ message.tags }}">{{ message }}{% if message.level == DEFAULT_MESSAGE_LEVELS.ERROR %}!{% endif %}</li>{% endfor %}
</ul>{% endif %}`;

  test("shows messages in a template, escaped, and only where it shows them", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "page.html": template, "other.html": "{{ messages.length }}" });
    const site = await makeSite(
      {
        "": (request) => render(request, "page.html"),
        other: (request) => render(request, "other.html"),
        add: (request) => {
          success(request, "<b>", { extraTags: "big" });
          error(request, "two");
          return redirect("/");
        },
      },
      { TEMPLATES: { DIRS: [folder.path], OPTIONS: { contextProcessors: [messagesContext] } } },
    );
    const environ = cookieOf(await call(site, { path: "/add/" }));

    const other = await call(site, { path: "/other/", environ });
    const page = await call(site, { environ });
    const empty = await call(site);

    expect(other.text).toBe("2");
    expect(other.header("Set-Cookie")).toBeUndefined();
    expect(page.text).toBe(
      '<ul>\n<li class="big success">&lt;b&gt;</li>\n<li class="error">two!</li>\n</ul>',
    );
    expect(page.header("Set-Cookie")).toContain("Max-Age=0");
    expect(empty.text).toBe("");
  });

  test("shows a message that is HTML as it is", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "page.html": template });
    const site = await makeSite(
      {
        "": (request) => {
          success(request, "<b>", { isSafe: true });
          return render(request, "page.html");
        },
      },
      { TEMPLATES: { DIRS: [folder.path], OPTIONS: { contextProcessors: [messagesContext] } } },
    );

    const page = await call(site);

    expect(page.text).toContain('<li class="success"><b></li>');
  });

  test("shows messages that are HTML as they are, however they were marked", async () => {
    using folder = new TemporaryFolder();
    await folder.write({ "page.html": "{% for message in messages %}{{ message }} {% endfor %}" });
    const site = await makeSite(
      {
        "": (request) => render(request, "page.html"),
        add: (request) => {
          success(request, "<b>one</b>", { isSafe: true });
          success(request, formatHtml`<b>${"<two>"}</b>`);
          success(request, markSafe("<three>"), { isSafe: false });
          return redirect("/");
        },
      },
      { TEMPLATES: { DIRS: [folder.path], OPTIONS: { contextProcessors: [messagesContext] } } },
    );

    const added = await call(site, { path: "/add/" });
    const page = await call(site, { environ: cookieOf(added) });

    expect(page.text).toBe("<b>one</b> <b>&lt;two&gt;</b> &lt;three&gt; ");
  });

  test("does nothing without the middleware", () => {
    const request = new HttpRequest();
    const session = vi.fn<() => never>();
    Object.defineProperty(request, "session", { get: session });

    expect(messagesContext(request).messages).toBeNull();
    expect(session).not.toHaveBeenCalled();
  });
});
