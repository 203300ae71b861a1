/**
 * A site that is none, served once to nobody: V8 then knows the way of a request, from the socket to the template and back.
 *
 * Layer 10 (cli). Errors: of no interest to anybody but its test. Effects: listens on a port of the loopback for some milliseconds.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { defineSettings } from "../../../framework/conf/define-settings.ts";
import type { Settings } from "../../../framework/conf/settings.ts";
import type { Template } from "../../../framework/conf/template-engine.ts";
import { csrfMiddleware } from "../../../framework/csrf/middleware.ts";
import { buildApplication, toWSGIApplication } from "../../../framework/handlers/wsgi-handler.ts";
import type { HttpRequest } from "../../../framework/http/request.ts";
import { HttpResponse } from "../../../framework/http/response.ts";
import { messagesMiddleware } from "../../../framework/messages/middleware.ts";
import { commonMiddleware } from "../../../framework/middleware/common.ts";
import { securityMiddleware } from "../../../framework/middleware/security.ts";
import { xFrameOptionsMiddleware } from "../../../framework/middleware/frame-options.ts";
import { sessionMiddleware } from "../../../framework/sessions/middleware.ts";
import { path } from "../../../framework/urls/path.ts";
import type { WSGIApplication } from "../../../framework/wsgi.ts";
import { LiveReload } from "../../livereload/live-reload.ts";
import { StreamLogger } from "../../wsgiserver/server-logger.ts";
import { WSGIServer } from "../../wsgiserver/wsgi-server.ts";
import { withDebugTools } from "../debug/debug-tools.ts";
import { checkApplication } from "../project/check-application.ts";

const TEMPLATE = `<!doctype html>{% set title = "page" %}{# nothing #}
{% for number in numbers %}{% if loop.first %}<h1>{{ title | upper }}</h1>{% endif %}{{ number | default(0) }}{% else %}none{% endfor %}
<a href="{% url 'answer' number=42 %}">{{ request.path }}</a>{% csrf_token %}`;
/** As often as it takes for V8 to see that it is worth its while. */
const REQUESTS = 8;

/** Nobody has to wait for an answer that does not come; in milliseconds. */
const PATIENCE = 1000;

/** Builds, checks and serves it. Rejects when an answer is not what it should be. */
export async function rehearse(): Promise<void> {
  let template: Template | undefined;
  const settings = settingsFor((request) => {
    const content = template?.render({ numbers: [1, 2] }, request) ?? "";
    return new HttpResponse(content, { headers: { "X-Query": request.GET.get("q") ?? "" } });
  });
  const app = await buildApplication(settings);
  template = app.templates.fromString(TEMPLATE);
  await checkApplication(app);
  const site = withDebugTools(toWSGIApplication(app), { settings, folder: import.meta.dirname });
  await askAndStop(new LiveReload("rehearsal").wrap(site));
}

function settingsFor(answer: (request: HttpRequest) => HttpResponse): Settings {
  return defineSettings({
    DEBUG: true,
    // Whether the project wants them is not known here.
    DEBUG_LOCALS: false,
    SECRET_KEY: "signs what is forgotten at once",
    MIDDLEWARE: [
      securityMiddleware,
      sessionMiddleware,
      commonMiddleware,
      csrfMiddleware,
      messagesMiddleware,
      xFrameOptionsMiddleware,
    ],
    ROOT_URLCONF: () =>
      Promise.resolve({
        urlpatterns: [path("", answer), path("<int:number>/", answer, { name: "answer" })],
      }),
  });
}

/** Asks it what a browser would ask, all on one connection, and ends it. */
async function askAndStop(application: WSGIApplication): Promise<void> {
  const logger = new StreamLogger({ write: () => undefined });
  await using server = await new WSGIServer(["127.0.0.1", 0], { logger })
    .setApp(application)
    .start();
  const client = connect(server.serverPort, "127.0.0.1");
  const ask = (connection: string): string =>
    `GET /42/?q=1 HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: ${connection}\r\n\r\n`;
  client.setTimeout(PATIENCE, () => client.destroy());
  client.write(ask("keep-alive").repeat(REQUESTS - 1) + ask("close"));
  let answers = "";
  client.setEncoding("latin1").on("data", (text: string) => (answers += text));
  await once(client, "close");
  const good = answers.match(/^HTTP\/1\.1 200 /gm)?.length;
  if (good !== REQUESTS) throw new Error(`the rehearsal went wrong:\n${answers}`);
}
