/** A bare application for threads: `/spin?2000` computes for so many milliseconds, everything else answers at once. */
import type { WSGIApplication } from "minorswing/wsgi";

export const HERE: string = import.meta.url;

export const application: WSGIApplication = (environ, startResponse) => {
  const end = performance.now() + Number(environ.QUERY_STRING);
  while (performance.now() < end);
  startResponse("200 OK", [["Content-Type", "text/plain"]]);
  return [Buffer.from("Hello, world!")];
};
