/**
 * The message contract: what an application is told about a request.
 */
import { type Behaviour, echo, json } from "./message-contract.ts";

const URL_CANNOT = "a Request has a URL, which cannot say this";

const pathAndQuery = echo((environ) => [environ.PATH_INFO, environ.QUERY_STRING]);

/** The `HTTP_*` headers that begin with X, and the two that are called otherwise. */
const headers = echo((environ) => {
  const chosen = Object.entries(environ).filter(([key]) =>
    /^(?:HTTP_X|HTTP_COOKIE|HTTP_CONTENT|CONTENT)/.test(key),
  );
  return Object.fromEntries(chosen);
});

export const REQUEST_BEHAVIOURS: readonly Behaviour[] = [
  {
    name: "the method is as it was sent",
    application: echo((environ) => environ.REQUEST_METHOD),
    message: { method: "DELETE" },
    expected: { body: json("DELETE") },
  },
  {
    name: "a method that nobody knows reaches the application",
    application: echo((environ) => environ.REQUEST_METHOD),
    message: { method: "SWING" },
    expected: { body: json("SWING") },
    except: { "node:http": "llhttp refuses methods that it does not know" },
  },
  {
    name: "the path is decoded to bytes, the query is not",
    application: pathAndQuery,
    message: { target: "/a%20b/%E4%FF/%C3%A9?q=%20+&q=%E4" },
    expected: { body: json(["/a b/\xe4\xff/\xc3\xa9", "q=%20+&q=%E4"]) },
  },
  {
    name: "an escape that is none stays, and what is decoded is decoded once",
    application: pathAndQuery,
    message: { target: "/%zz%4/%2541/a+b?" },
    expected: { body: json(["/%zz%4/%41/a+b", ""]) },
  },
  {
    name: "the first question mark separates, and an escaped one does not",
    application: pathAndQuery,
    message: { target: "/a%3Fb?c?d=%3F" },
    expected: { body: json(["/a?b", "c?d=%3F"]) },
  },
  {
    name: "slashes are merged at the front, where they would make a host of what follows, and only there",
    application: pathAndQuery,
    message: { target: "//evil//x" },
    expected: { body: json(["/evil//x", ""]) },
  },
  {
    name: "dots in a path are the application's business",
    application: pathAndQuery,
    message: { target: "/a/../b" },
    expected: { body: json(["/a/../b", ""]) },
    except: { fetch: "a URL has none: the standard resolves them when it is parsed" },
  },
  {
    name: "an absolute target says path and host",
    application: echo((environ) => [environ.PATH_INFO, environ.QUERY_STRING, environ.HTTP_HOST]),
    message: { target: "http://other:81/a%20b?c=d", headers: [["Host", "ignored"]] },
    expected: { body: json(["/a b", "c=d", "other:81"]) },
  },
  {
    name: "an absolute target without a path means the root",
    application: pathAndQuery,
    message: { target: "http://other?c" },
    expected: { body: json(["/", "c"]) },
  },
  {
    name: "OPTIONS * asks about the server",
    application: echo((environ) => [environ.REQUEST_METHOD, environ.PATH_INFO]),
    message: { method: "OPTIONS", target: "*" },
    expected: { body: json(["OPTIONS", "*"]) },
    except: { fetch: URL_CANNOT },
  },
  {
    name: "the mount point is the root",
    application: echo((environ) => environ.SCRIPT_NAME),
    expected: { body: json("") },
  },
  {
    name: "the host is as it was sent",
    application: echo((environ) => environ.HTTP_HOST),
    message: { headers: [["Host", "example.com:8000"]] },
    expected: { body: json("example.com:8000") },
  },
  {
    name: "server, protocol, scheme and client have names",
    application: echo((environ) => [
      environ.SERVER_NAME !== "" && /^\d+$/.test(environ.SERVER_PORT),
      environ.SERVER_PROTOCOL,
      environ["wsgi.url_scheme"],
      environ.REMOTE_ADDR,
    ]),
    expected: { body: json([true, "HTTP/1.1", "http", "127.0.0.1"]) },
  },
  {
    name: "the keys of PEP 3333 are there",
    application: echo((environ) => [
      environ["wsgi.version"],
      environ["wsgi.multithread"],
      environ["wsgi.multiprocess"],
      environ["wsgi.run_once"],
      environ["wsgi.input_terminated"],
      typeof environ["wsgi.file_wrapper"],
    ]),
    expected: { body: json([[1, 0], false, false, false, true, "function"]) },
  },
  {
    name: "headers have their CGI names, whatever their case",
    application: headers,
    message: { headers: [["x-sOME-tHING", "a"]] },
    expected: { body: json({ HTTP_X_SOME_THING: "a" }) },
  },
  {
    name: "repeated headers join with a comma",
    application: headers,
    message: {
      headers: [
        ["X-A", "1"],
        ["X-A", ""],
        ["x-a", "2"],
      ],
    },
    expected: { body: json({ HTTP_X_A: "1, , 2" }) },
  },
  {
    name: "repeated cookies join with a semicolon",
    application: echo((environ) => environ.HTTP_COOKIE),
    message: {
      headers: [
        ["Cookie", "a=b"],
        ["Cookie", "c=d"],
      ],
    },
    expected: { body: json("a=b; c=d") },
  },
  {
    name: "a header with an underscore is dropped: it could pretend to be another",
    application: headers,
    message: {
      headers: [
        ["X_Admin", "yes"],
        ["Content_Type", "evil"],
        ["X-Good", "1"],
      ],
    },
    expected: { body: json({ HTTP_X_GOOD: "1" }) },
  },
  {
    name: "a header cannot pretend to be the server's own word",
    application: echo((environ) => [environ.REMOTE_ADDR, environ.HTTP_REMOTE_ADDR]),
    message: { headers: [["Remote-Addr", "6.6.6.6"]] },
    expected: { body: json(["127.0.0.1", "6.6.6.6"]) },
  },
  {
    name: "header values are bytes as latin-1, and may be empty",
    application: headers,
    message: {
      headers: [
        ["X-Bytes", "\xe4\xc3\xa9"],
        ["X-Empty", ""],
      ],
    },
    expected: { body: /"HTTP_X_BYTES":"\\u00e4\\u00c3\\u00a9"/ },
  },
  {
    name: "type and length of the body have names without HTTP_",
    application: headers,
    message: { method: "PUT", headers: [["Content-Type", "text/x-tune"]], body: "hello" },
    expected: {
      body: /^(?=.*"CONTENT_TYPE":"text\/x-tune")(?=.*"CONTENT_LENGTH":"5")[^_]*_[^_]*_[^_]*$/,
    },
  },
  {
    name: "type and length are absent where nobody says them",
    application: headers,
    message: { method: "POST", body: ["he", "llo"] },
    expected: { body: json({}) },
  },
];
