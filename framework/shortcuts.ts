/**
 * `minorswing/shortcuts`: what most views end with.
 *
 * Layer 6. The one file that may know many parts, as Django's shortcuts.py.
 */
import type { TemplateContext } from "./conf/template-engine.ts";
import type { HttpRequest } from "./http/request.ts";
import { HttpResponse, type ResponseOptions } from "./http/response.ts";
import { reverseUnchecked, type ReverseOptions } from "./urls/reverse.ts";
import type { ReverseArguments, ReverseParams, Routes } from "./urls/route-params.ts";
import {
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  type RedirectOptions,
} from "./http/responses.ts";

/** Renders the template `name` with `context` (and what the context processors add) into a response. */
export function render(
  request: HttpRequest,
  name: string,
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

/**
 * A URL, for the compiler: a literal needs a slash or a dot, and must not be a name with parameters to give.
 * What is not known before it runs is taken on trust.
 */
export type RedirectTarget<To extends string> = To extends keyof Routes
  ? string extends To
    ? To
    : never
  : To extends `${string}${"/" | "."}${string}`
    ? To
    : // oxlint-disable-next-line typescript/no-empty-object-type -- only what is no literal has no key
      {} extends { [Key in To]: 1 }
      ? To
      : keyof Routes;

/** The URL of a URL, of something that knows its own, or of a view by its name. Throws `NoReverseMatch`. */
export function resolveUrl<To extends string>(to: RedirectTarget<To> | HasAbsoluteUrl): string;
export function resolveUrl<Name extends keyof Routes, Given extends ReverseParams<Name>>(
  name: Name,
  ...rest: ReverseArguments<Name, Given, ReverseOptions>
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
export function redirect<To extends string>(
  to: RedirectTarget<To> | HasAbsoluteUrl,
  options?: RedirectShortcutOptions,
): HttpResponseRedirect;
export function redirect<Name extends keyof Routes, Given extends ReverseParams<Name>>(
  name: Name,
  ...rest: ReverseArguments<Name, Given, RedirectShortcutOptions & ReverseOptions>
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
    if (!/[/.]/.test(to)) throw error;
    return { url: to, isName: false };
  }
}
