/**
 * What is expected of responses, as functions that any test runner can use: whether it holds, and a message.
 *
 * Layer 8 (testing). Pure, save for `redirectTo` with `fetch`. Source: Django test/testcases.py (`assertRedirects`,
 * `assertContains`, `assertTemplateUsed`, `assertURLEqual`); its texts.
 * `isNot` tells that the opposite is expected; `pass` then has to be false for the test to go on.
 */
import { excerpt } from "./excerpt.ts";
import { countHtml, countText } from "./html-tokens.ts";
import { resolveLocation } from "./redirects.ts";
import type { TestResponse } from "./test-response.ts";

export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

export interface RedirectExpectation {
  /** The status of the redirect; of the first, where redirects were followed. @default 302 */
  readonly status?: number;
  /** The status of the page that it leads to, where that was asked for. @default 200 */
  readonly targetStatus?: number;
  /** Ask for the page that it leads to, with the same client. The assertion is a promise then. @default false */
  readonly fetch?: boolean;
}

export interface ContentExpectation {
  /** How often it has to be there. @default at least once */
  readonly count?: number;
  /** @default 200 */
  readonly status?: number;
}

export function hasStatus(response: TestResponse, status: number): Verdict {
  return verdict(
    response.status === status,
    () => `Response code was ${response.status} (expected ${status}).${excerpt(response)}`,
    () => `Response code was ${status}, which was not expected.${excerpt(response)}`,
  );
}

export function containsText(
  response: TestResponse,
  text: string,
  expectation: ContentExpectation = {},
  isNot = false,
): Verdict {
  return contains(response, text, countText(text, response.text), expectation, isNot);
}

export function containsHtml(
  response: TestResponse,
  html: string,
  expectation: ContentExpectation = {},
  isNot = false,
): Verdict {
  return contains(response, html, countHtml(html, response.text), expectation, isNot);
}

export function usesTemplate(response: TestResponse, name: string): Verdict {
  const used = response.templates;
  return verdict(
    used.includes(name),
    () =>
      used.length === 0
        ? `No templates used to render the response.${excerpt(response)}`
        : `Template '${name}' was not a template used to render the response. ` +
          `Actual template(s) used: ${used.join(", ")}`,
    () => `Template '${name}' was used unexpectedly in rendering the response.`,
  );
}

export function redirectsTo(
  response: TestResponse,
  url: string,
  expectation: RedirectExpectation = {},
): Verdict | Promise<Verdict> {
  const fault = redirectFault(response, url, expectation);
  const found = (message: string | undefined): Verdict =>
    verdict(
      message === undefined,
      () => message ?? "",
      () => `Response redirected to '${url}', which was not expected.`,
    );
  if (fault !== undefined || expectation.fetch !== true) return found(fault);
  return targetFault(response, expectation).then(found);
}

const NO_REDIRECT = "Response didn't redirect as expected:";

function redirectFault(
  response: TestResponse,
  url: string,
  { status = 302, targetStatus = 200 }: RedirectExpectation,
): string | undefined {
  const [first] = response.redirectChain;
  const last = response.redirectChain.at(-1);
  if (first !== undefined && last !== undefined) {
    if (first[1] !== status)
      return `${NO_REDIRECT} Initial response code was ${first[1]} (expected ${status})`;
    if (response.status !== targetStatus)
      return `${NO_REDIRECT} Final Response code was ${response.status} (expected ${targetStatus})${excerpt(response)}`;
    return urlFault(response, last[0], url);
  }
  if (response.status !== status)
    return `${NO_REDIRECT} Response code was ${response.status} (expected ${status})${excerpt(response)}`;
  const location = response.headers.get("Location");
  return location === null
    ? `${NO_REDIRECT} Response has no Location header`
    : urlFault(response, location, url);
}

function urlFault(response: TestResponse, found: string, expected: string): string | undefined {
  return normalized(response, found) === normalized(response, expected)
    ? undefined
    : `Response redirected to '${found}', expected '${expected}'`;
}

/** As in Django the order of query parameters does not matter, and neither does the site's own host. */
function normalized(response: TestResponse, url: string): string {
  const absolute = resolveLocation(response.request, url);
  absolute.searchParams.sort();
  return absolute.href;
}

async function targetFault(
  response: TestResponse,
  { targetStatus = 200 }: RedirectExpectation,
): Promise<string | undefined> {
  if (response.redirectChain.length > 0) return undefined;
  const location = response.headers.get("Location") ?? "";
  const { href, host } = resolveLocation(response.request, location);
  if (host !== resolveLocation(response.request, "/").host)
    return `The test client is unable to fetch remote URLs (got ${location}): it only has this site.`;
  const target = await response.client.get(href);
  await target.close();
  return target.status === targetStatus
    ? undefined
    : `Couldn't retrieve redirection page '${location}': response code was ${target.status} (expected ${targetStatus})`;
}

function contains(
  response: TestResponse,
  wanted: string,
  found: number,
  { count, status = 200 }: ContentExpectation,
  isNot: boolean,
): Verdict {
  if (response.status !== status) {
    const message = `Couldn't retrieve content: Response code was ${response.status} (expected ${status}).${excerpt(response)}`;
    return { pass: isNot, message: () => message };
  }
  return verdict(
    count === undefined ? found > 0 : found === count,
    () =>
      (count === undefined
        ? `Couldn't find '${wanted}' in the following response`
        : `Found ${found} instances of '${wanted}' (expected ${count}) in the following response`) +
      excerpt(response),
    () => `'${wanted}' unexpectedly found in the following response${excerpt(response)}`,
  );
}

function verdict(pass: boolean, missing: () => string, unexpected: () => string): Verdict {
  return { pass, message: pass ? unexpected : missing };
}
