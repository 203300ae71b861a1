/** What the adapters fit, checked by the compiler. */
import { createServer as createHTTPServer } from "node:http";
import { createServer as createHTTPSServer } from "node:https";
import { getWSGIApplication } from "minorswing";
import { toFetchHandler, toNodeListener } from "minorswing/adapters";
import { defineSettings } from "minorswing/conf";
import { validator } from "minorswing/devserver/wsgiserver";

const settings = defineSettings({
  SECRET_KEY: "x",
  ROOT_URLCONF: async () => ({ urlpatterns: [] }),
});
const application = await getWSGIApplication(settings);

createHTTPServer(toNodeListener(application));
createHTTPSServer({}, toNodeListener(validator(application)));

const fetch: (request: Request) => Promise<Response> = toFetchHandler(
  (_environ, startResponse) => {
    startResponse("200 OK", []);
    return [];
  },
  { remoteAddress: (request) => request.headers.get("X-Real-IP") ?? undefined },
);
const worker: { fetch(request: Request): Promise<Response> } = { fetch };
export default worker;

// @ts-expect-error: an application is a function, not what makes one.
toNodeListener(getWSGIApplication(settings));
// @ts-expect-error: only a fetch handler has to be told the address.
toNodeListener(application, { remoteAddress: () => "127.0.0.1" });
