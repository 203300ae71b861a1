/**
 * Opens the site in the user's browser.
 *
 * Layer 10 (cli).
 */
import { errorMessage } from "../../../framework/utils/describe.ts";

/** Does not wait for the browser. `report` hears of one that cannot be started. */
export function openBrowser(url: string, report: (problem: string) => void): void {
  const onError = (error: unknown): void =>
    report(`The browser could not be opened: ${errorMessage(error)}`);
  // Only for whoever asks.
  import("open")
    .then(async ({ default: open }) => (await open(browserUrl(url))).once("error", onError))
    .catch(onError);
}

/** A server on every interface is visited on this machine's own. */
function browserUrl(url: string): string {
  return url.replace(/(?<=^https?:\/\/)(?:0\.0\.0\.0|\[::\])(?=:)/, "localhost");
}
