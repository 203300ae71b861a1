/** `minorswing/testing`: requests and a client for tests. Matchers for vitest are in `minorswing/testing/vitest`. */
export { Client, type ClientOptions } from "./client.ts";
export { type ClientCookie, CookieJar } from "./cookie-jar.ts";
export { LiveServer, type LiveServerOptions, liveServer } from "./live-server.ts";
export { overrideSettings } from "./override-settings.ts";
export { RedirectCycleError } from "./redirects.ts";
export {
  BOUNDARY,
  type Fields,
  type FieldValue,
  MULTIPART_CONTENT,
  type RequestData,
} from "./request-data.ts";
export { type ClientSendOptions, type SendOptions } from "./request-environ.ts";
export { RequestFactory, type RequestFactoryOptions } from "./request-factory.ts";
export { type RequestSession } from "./session-access.ts";
export { type RedirectStep, TestResponse } from "./test-response.ts";
