/**
 * The message contract: whole views, from the bytes of a request to those of a response.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FileResponse } from "../../framework/http/file-response.ts";
import type { StandardSchema } from "../../framework/http/json-body.ts";
import { HttpResponse } from "../../framework/http/response.ts";
import { HttpResponseRedirect, JsonResponse } from "../../framework/http/responses.ts";
import { StreamingHttpResponse } from "../../framework/http/streaming-response.ts";
import { path } from "../../framework/urls/path.ts";
import type { View } from "../../framework/urls/route-params.ts";
import type { SettingsInput } from "../../framework/conf/define-settings.ts";
import type { Behaviour } from "./message-contract.ts";
import { BOUNDARY, field, file, multipart } from "./multipart.ts";
import { ROOT } from "./projects.ts";
import { makeApplication } from "./wsgi.ts";

const LICENSE_PATH = join(ROOT, "LICENSE");
const LICENSE = readFileSync(LICENSE_PATH, "latin1");

/** A site with one view, at every path that a behaviour asks for. */
const site =
  (view: View, settings: Partial<SettingsInput> = {}): Behaviour["application"] =>
  () =>
    makeApplication([path("", view), path("tunes/<int:pk>/", view)], settings);

const tune: StandardSchema<unknown, { name: string }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (value) => {
      const name = typeof value === "object" && value !== null ? Reflect.get(value, "name") : null;
      if (typeof name === "string") return { value: { name: name.toUpperCase() } };
      return { issues: [{ message: "must be a string", path: ["name"] }] };
    },
  },
};

const asJson = { headers: [["Content-Type", "application/json"]] } as const;

const REQUESTS: readonly Behaviour[] = [
  {
    name: "a view sees path, parameters, query, host and scheme",
    application: site(
      (request, params) =>
        new JsonResponse({
          path: request.path,
          params,
          query: request.GET.get("q"),
          url: request.buildAbsoluteUri("/x"),
          header: request.headers.get("x-tune"),
        }),
    ),
    message: {
      target: "/tunes/7/?q=%C3%A9",
      headers: [
        ["Host", "example.com:8000"],
        ["X-Tune", "Nuages"],
      ],
    },
    expected: {
      body: Buffer.from(
        '{"path":"/tunes/7/","params":{"pk":7},"query":"é","url":"http://example.com:8000/x","header":"Nuages"}',
      ).toString("latin1"),
    },
  },
  {
    name: "a view sees cookies and sets them",
    application: site((request) =>
      new HttpResponse(JSON.stringify(request.COOKIES))
        .setCookie("one", "1")
        .setCookie("two", "2", { httpOnly: true })
        .deleteCookie("a"),
    ),
    message: {
      headers: [
        ["Cookie", "a=b"],
        ["Cookie", "c=d"],
      ],
    },
    expected: {
      body: '{"a":"b","c":"d"}',
      cookies: [
        "one=1; Path=/",
        "two=2; Path=/; HttpOnly",
        "a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      ],
    },
  },
  {
    name: "a form",
    application: site(async (request) => new HttpResponse((await request.POST).get("tune"))),
    message: {
      method: "POST",
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      body: "tune=Minor+Swing%21&x=1",
    },
    expected: { body: "Minor Swing!" },
  },
  {
    name: "an upload, in pieces",
    application: site(async (request) => {
      const upload = (await request.FILES).get("sheet");
      const content = (await upload?.read())?.toString("latin1");
      return new HttpResponse(`${(await request.POST).get("a")} ${upload?.name} ${content}`);
    }),
    message: {
      method: "POST",
      headers: [["Content-Type", `multipart/form-data; boundary=${BOUNDARY}`]],
      body: multipart(field("a", "b"), file("sheet", "swing.txt", "chords"))
        .toString("latin1")
        .match(/[^]{1,20}/g) as string[],
    },
    expected: { body: "b swing.txt chords" },
  },
  {
    name: "JSON that a schema makes something of",
    application: site(async (request) => new JsonResponse(await request.json(tune))),
    message: { method: "POST", ...asJson, body: '{"name":"nuages"}' },
    expected: { headers: { "content-type": "application/json" }, body: '{"name":"NUAGES"}' },
  },
  {
    name: "JSON that a schema refuses",
    application: site(async (request) => new JsonResponse(await request.json(tune)), {
      LOGGING: { levels: { "minorswing.request": "warn" } },
    }),
    message: { method: "POST", ...asJson, body: '{"name":1}' },
    expected: { status: 400, body: /must be a string/, reported: "is not valid" },
  },
  {
    name: "a body that is too large to be read whole",
    application: () =>
      makeApplication([path("", async (request) => new HttpResponse(await request.body))], {
        DATA_UPLOAD_MAX_MEMORY_SIZE: 1000,
      }),
    message: { method: "POST", body: ["x".repeat(900), "x".repeat(900)] },
    expected: { status: 413, reported: "DATA_UPLOAD_MAX_MEMORY_SIZE" },
  },
];

const RESPONSES: readonly Behaviour[] = [
  {
    name: "a response has length and type",
    application: site(() => new HttpResponse("h\xe9llo", { charset: "latin1" })),
    expected: {
      reason: "OK",
      headers: { "content-length": "5", "content-type": "text/html; charset=latin1" },
      body: "h\xe9llo",
    },
  },
  {
    name: "a response to HEAD has a length and no body",
    application: site(() => new HttpResponse("hello")),
    message: { method: "HEAD" },
    expected: { headers: { "content-length": "5" }, body: "" },
  },
  {
    name: "a response without content",
    application: site(() => new HttpResponse("", { status: 204 })),
    expected: {
      status: 204,
      headers: { "content-length": undefined, "content-type": undefined },
      body: "",
    },
  },
  {
    name: "a phrase of one's own",
    application: site(() => new HttpResponse("", { status: 418, reason: "Short and Stout" })),
    expected: { status: 418, reason: "Short and Stout" },
  },
  {
    name: "a redirect",
    application: site(() => new HttpResponseRedirect("/tunes/é/")),
    expected: { status: 302, headers: { location: "/tunes/%C3%A9/" }, body: "" },
  },
  {
    name: "a streaming response, synchronous",
    application: site(() => new StreamingHttpResponse(["a", "", "b", "c"])),
    expected: { headers: { "content-length": undefined }, body: "abc" },
  },
  {
    name: "a streaming response from a web stream",
    application: site(() => new StreamingHttpResponse(new Blob(["from ", "a blob"]).stream())),
    expected: { body: "from a blob" },
  },
  {
    name: "a view that throws",
    application: site(() => {
      throw new Error("boom");
    }),
    expected: { status: 500, body: /Server Error/, reported: "boom" },
  },
  {
    name: "an address that does not exist",
    application: site(() => new HttpResponse("never")),
    message: { target: "/nope/" },
    expected: { status: 404 },
  },
  {
    name: "OPTIONS * is answered by the handler",
    application: site(() => new HttpResponse("never")),
    message: { method: "OPTIONS", target: "*" },
    expected: { status: 204, headers: { allow: /GET, HEAD, POST/ }, body: "" },
    except: { fetch: "a Request has a URL, which cannot say this" },
  },
];

const files = site(() => new FileResponse(LICENSE_PATH));

const FILES: readonly Behaviour[] = [
  {
    name: "a file",
    application: files,
    expected: {
      headers: { "content-length": String(LICENSE.length), "accept-ranges": "bytes" },
      body: LICENSE,
    },
  },
  {
    name: "a file for HEAD",
    application: files,
    message: { method: "HEAD" },
    expected: { headers: { "content-length": String(LICENSE.length) }, body: "" },
  },
  {
    name: "part of a file",
    application: files,
    message: { headers: [["Range", "bytes=4-10"]] },
    expected: {
      status: 206,
      headers: { "content-length": "7", "content-range": `bytes 4-10/${LICENSE.length}` },
      body: LICENSE.slice(4, 11),
    },
  },
  {
    name: "several parts of a file",
    application: files,
    message: { headers: [["Range", "bytes=0-2,4-10"]] },
    expected: {
      status: 206,
      headers: { "content-type": /^multipart\/byteranges; boundary=/ },
      body: /\r\n\r\nMIT\r\n[^]*\r\n\r\nLicense\r\n/,
    },
  },
  {
    name: "a part that a file does not have",
    application: files,
    message: { headers: [["Range", `bytes=${LICENSE.length}-`]] },
    expected: { status: 416, headers: { "content-range": `bytes */${LICENSE.length}` } },
  },
  {
    name: "a file that the client has",
    application: files,
    message: { headers: [["If-None-Match", "*"]] },
    expected: { status: 304, headers: { etag: /"/ }, body: "" },
  },
];

export const VIEW_BEHAVIOURS: readonly Behaviour[] = [...REQUESTS, ...RESPONSES, ...FILES];
