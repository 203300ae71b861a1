/**
 * `minorswing/testing/vitest`: what is expected of responses, as matchers of vitest.
 *
 * Layer 8 (testing). To import it once is enough, in a test file or in vitest's `setupFiles`:
 * `import "minorswing/testing/vitest"`. It is the one module that needs the package `vitest`.
 */
import { expect } from "vitest";
import { describeValue } from "../utils/describe.ts";
import {
  containsHtml,
  containsText,
  type ContentExpectation,
  hasStatus,
  redirectsTo,
  type RedirectExpectation,
  usesTemplate,
  type Verdict,
} from "./matchers.ts";
import { TestResponse } from "./test-response.ts";

export { type ContentExpectation, type RedirectExpectation } from "./matchers.ts";

interface ResponseMatchers<R> {
  /** The status is this one. */
  toHaveStatus(status: number): R;
  /**
   * The response redirects to `url`, whose query may be in any order: with 302, unless `status` says otherwise. When
   * redirects were followed, the chain began with that status and ended at `url` with `targetStatus`.
   */
  toRedirectTo(
    url: string,
    expectation: RedirectExpectation & { readonly fetch: true },
  ): Promise<void>;
  toRedirectTo(url: string, expectation?: RedirectExpectation): R;
  /** The text is in the body, and the status is 200, unless `status` says otherwise. */
  toContainText(text: string, expectation?: ContentExpectation): R;
  /** As `toContainText` for HTML: white space and the order of attributes do not matter. */
  toContainHtml(html: string, expectation?: ContentExpectation): R;
  /** The template took part in rendering the response. */
  toUseTemplate(name: string): R;
}

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends ResponseMatchers<R> {}
}

expect.extend({
  toHaveStatus: (received: unknown, status: number): Verdict =>
    hasStatus(responseOf(received), status),
  toRedirectTo: (
    received: unknown,
    url: string,
    expectation?: RedirectExpectation,
  ): Verdict | Promise<Verdict> => redirectsTo(responseOf(received), url, expectation),
  toContainText(received: unknown, text: string, expectation?: ContentExpectation): Verdict {
    return containsText(responseOf(received), text, expectation, this.isNot);
  },
  toContainHtml(received: unknown, html: string, expectation?: ContentExpectation): Verdict {
    return containsHtml(responseOf(received), html, expectation, this.isNot);
  },
  toUseTemplate: (received: unknown, name: string): Verdict =>
    usesTemplate(responseOf(received), name),
});

function responseOf(received: unknown): TestResponse {
  if (received instanceof TestResponse) return received;
  const hint = received instanceof Promise ? " Is an await missing?" : "";
  throw new TypeError(
    `This matcher is for the response of a test client; found ${describeValue(received)}.${hint}`,
  );
}
