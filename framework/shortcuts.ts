/**
 * `minorswing/shortcuts`: what most views end with.
 *
 * Layer 6. The one file that may know many parts, as Django's shortcuts.py.
 */
import type { TemplateContext } from "./conf/template-engine.ts";
import { Http404, ImproperlyConfigured } from "./exceptions.ts";
import type { HttpRequest } from "./http/request.ts";
import { HttpResponse, type ResponseOptions } from "./http/response.ts";
import { NoReverseMatch } from "./urls/reverse-index.ts";
import { reverseUnchecked, type ReverseOptions } from "./urls/reverse.ts";
import type { ReverseArguments, ReverseParams, Routes } from "./urls/route-names.ts";
import {
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  type RedirectOptions,
} from "./http/responses.ts";
import { type MaybePromise, whenReady } from "./utils/maybe-promise.ts";

/**
 * Renders the template `name`, or the first of several that exists, with `context` (and what the context processors add)
 * into a response: `render(request, "home.html", { count }, { status: 404 })`.
 */
export function render(
  request: HttpRequest,
  name: string | readonly string[],
  context: TemplateContext = {},
  options: ResponseOptions = {},
): HttpResponse {
  return new HttpResponse(request.app.templates.renderToString(name, context, request), options);
}

/** Something that knows its own page. */
export interface HasAbsoluteUrl {
  getAbsoluteUrl(): string;
}

/** What every redirect takes. */
export interface RedirectShortcutOptions extends RedirectOptions {
  /** 301 instead of 302, or 308 instead of 307: browsers remember it. @default false */
  readonly permanent?: boolean;
}

/** A name, a URL, or something that knows its own. */
// oxlint-disable-next-line typescript/no-empty-object-type -- keeps the names apart from any text, for completion
type To = keyof Routes | (string & {}) | HasAbsoluteUrl;

/**
 * What the compiler lets through: names, and what can be a URL. A literal URL needs a slash or a dot; what is
 * not known before it runs is taken on trust.
 */
type Target<T extends To> = T extends string
  ? T extends keyof Routes
    ? T
    : LooksLikeUrl<T> extends true
      ? T
      : keyof Routes
  : T;

type LooksLikeUrl<Text extends string> = Text extends `${string}${"/" | "."}${string}`
  ? true
  : // oxlint-disable-next-line typescript/no-empty-object-type -- only what is no literal has no key
    {} extends { [Key in Text]: 1 }
    ? true
    : false;

/** What follows the target: parameters and options for a name, options for a URL. */
type Arguments<T extends To, Given, NameOptions, UrlOptions> = T extends keyof Routes
  ? ReverseArguments<T, Given, NameOptions>
  : UrlOptions;

type ParamsOf<T extends To> = T extends keyof Routes ? ReverseParams<T> : unknown;

/** The URL of a URL, of something that knows its own, or of a view by its name. Throws `NoReverseMatch`. */
export function resolveUrl<const T extends To, Given extends ParamsOf<T>>(
  to: Target<T>,
  ...rest: Arguments<T, Given, ReverseOptions, []>
): string;
export function resolveUrl(
  to: string | HasAbsoluteUrl,
  params?: object,
  options?: ReverseOptions,
): string {
  return resolveTarget(to, params, options).url;
}

/**
 * Sends the browser on: 302, or 301 with `permanent`; 307 or 308 with `preserveRequest`. To a URL, to something
 * that knows its own, or to a view by its name: `redirect("polls:detail", { pk: 3 })`. A text without slash and
 * dot is a name; one that no pattern has is a `NoReverseMatch`.
 */
export function redirect<const T extends To, Given extends ParamsOf<T>>(
  to: Target<T>,
  ...rest: Arguments<
    T,
    Given,
    RedirectShortcutOptions & ReverseOptions,
    [options?: RedirectShortcutOptions]
  >
): HttpResponseRedirect;
export function redirect(
  to: string | HasAbsoluteUrl,
  second: object = {},
  third: RedirectShortcutOptions & ReverseOptions = {},
): HttpResponseRedirect {
  const { url, isName } = resolveTarget(to, second, third);
  const { permanent = false, ...rest }: RedirectShortcutOptions = isName ? third : second;
  return permanent
    ? new HttpResponsePermanentRedirect(url, rest)
    : new HttpResponseRedirect(url, rest);
}

/** What surely is no name: a path, a scheme. Saves looking among the names. */
const PLAINLY_URL = /^(?:\/|\.\.?\/|[a-z][a-z0-9+.-]*:\/\/)/i;

/** As Django does: a name first; what is none, and has a slash or a dot, is a URL. */
function resolveTarget(
  to: string | HasAbsoluteUrl,
  params?: object,
  options?: ReverseOptions,
): { readonly url: string; readonly isName: boolean } {
  if (typeof to !== "string") return { url: to.getAbsoluteUrl(), isName: false };
  if (PLAINLY_URL.test(to)) return { url: to, isName: false };
  try {
    return { url: reverseUnchecked(to, params, options), isName: true };
  } catch (error) {
    // Outside of any application there are no names.
    const isNoName = error instanceof NoReverseMatch || error instanceof ImproperlyConfigured;
    if (!isNoName || !/[/.]/.test(to)) throw error;
    return { url: to, isName: false };
  }
}

/** What a look-up gives when there is nothing. */
type Missing = null | undefined;

/**
 * What `lookup` gives, or a 404 where it gives nothing: `getObjectOr404(() => tunes.get(pk), "Tune")`. Asynchronous where
 * the look-up is. `what` names what was looked for in the message of the `Http404`.
 */
export function getObjectOr404<Value>(
  lookup: () => Promise<Value | Missing>,
  what?: string,
): Promise<NonNullable<Value>>;
export function getObjectOr404<Value>(
  lookup: () => Value | Missing,
  what?: string,
): NonNullable<Value>;
export function getObjectOr404<Value>(
  lookup: () => MaybePromise<Value | Missing>,
  what = "object",
): MaybePromise<NonNullable<Value>> {
  return whenReady(lookup(), (value) => {
    if (value === null || value === undefined)
      throw new Http404(`No ${what} matches the given query.`);
    return value;
  });
}

/** The list that `lookup` gives, or a 404 where it is empty. */
export function getListOr404<Value>(
  lookup: () => Promise<Iterable<Value>>,
  what?: string,
): Promise<Value[]>;
export function getListOr404<Value>(lookup: () => Iterable<Value>, what?: string): Value[];
export function getListOr404<Value>(
  lookup: () => MaybePromise<Iterable<Value>>,
  what = "object",
): MaybePromise<Value[]> {
  return whenReady(lookup(), (values) => {
    const list = [...values];
    if (list.length === 0) throw new Http404(`No ${what} matches the given query.`);
    return list;
  });
}
