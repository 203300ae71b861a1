/**
 * What middleware costs a request: the time of one with it, less the time of one without.
 *
 * In this process and without sockets, whose noise is larger than what is measured here; in rounds that alternate, and
 * in time of the CPU, so that a busy machine counts for little.
 */
import { defineSettings, type Middleware } from "minorswing/conf";
import { getWSGIApplication } from "minorswing/handlers";
import { HttpRequest, HttpResponse } from "minorswing/http";
import { path } from "minorswing/urls";
import type { Environ, WSGIApplication } from "minorswing/wsgi";

/** Microseconds a request. */
export interface MiddlewareCost {
  readonly without: number;
  readonly with: number;
}

const urlpatterns = [path("", () => new HttpResponse("Hello, world!"))];

/** Medians of `rounds` rounds of `requests` requests each. */
export async function measureMiddleware(
  middleware: readonly Middleware[],
  rounds = 15,
  requests = 20_000,
): Promise<MiddlewareCost> {
  const sides = [await site([]), await site(middleware)].map((application) => ({
    application,
    times: Array<number>(),
  }));
  // The first rounds are for the compiler.
  for (let round = -5; round < rounds; round++) {
    for (const { application, times } of sides) {
      const time = timeOf(application, requests);
      if (round >= 0) times.push(time);
    }
  }
  const [without = Number.NaN, withAll = Number.NaN] = sides.map(({ times }) => median(times));
  return { without, with: withAll };
}

function site(middleware: readonly Middleware[]): Promise<WSGIApplication> {
  return getWSGIApplication(
    defineSettings({
      SECRET_KEY: "for the benchmark",
      ALLOWED_HOSTS: ["127.0.0.1"],
      ROOT_URLCONF: () => Promise.resolve({ urlpatterns }),
      MIDDLEWARE: middleware,
    }),
  );
}

function timeOf(application: WSGIApplication, requests: number): number {
  const start = process.cpuUsage();
  for (let count = 0; count < requests; count++) serve(application);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / requests;
}

/** One request, to the close of its body. */
function serve(application: WSGIApplication): void {
  const body = application(makeEnviron(), () => () => undefined);
  if (body instanceof Promise || !(Symbol.iterator in body))
    throw new Error("a request that has to wait cannot be measured here");
  for (const chunk of body) if (chunk.byteLength === 0) throw new Error("an empty answer");
  void body.close?.();
}

function makeEnviron(): Environ {
  const environ = new HttpRequest().META;
  environ.REQUEST_METHOD = "GET";
  environ.PATH_INFO = "/";
  environ.SERVER_NAME = "127.0.0.1";
  environ.SERVER_PORT = "8000";
  environ.HTTP_HOST = "127.0.0.1:8000";
  return environ;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
