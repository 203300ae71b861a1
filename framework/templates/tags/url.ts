/**
 * `{% url "polls:detail" pk=poll.id %}`: the URL of a view. `{% url … as there %}` keeps it, or nothing when there is
 * no such view.
 *
 * Layer 5 (templates). Errors: `NoReverseMatch`, as the cause. Source: Django template/defaulttags.py (`url`).
 * Differs from Django: parameters have names only.
 */
import type { TemplateTag } from "../../conf/template-engine.ts";
import type { HttpRequest } from "../../http/request.ts";
import type { URLResolver } from "../../urls/resolver.ts";
import { currentRequest, siteOptionsOf } from "../../urls/current-site.ts";
import { NoReverseMatch } from "../../urls/reverse-index.ts";
import { resolverOf } from "../../urls/urlconf.ts";
import { describeValue } from "../../utils/describe.ts";
import { SafeString } from "../../utils/safe-string.ts";
import { simpleTag } from "../tag-kinds.ts";

const USAGE = `{% url "detail" pk=1 %}`;

/** `resolver` is the site's: the one that counts where the request has no patterns of its own. */
export function urlTag(resolver: URLResolver): TemplateTag {
  return simpleTag((context, name: unknown, params: unknown = {}, ...more: readonly unknown[]) => {
    const text = name instanceof SafeString ? name.toString() : name;
    if (typeof text !== "string")
      throw new TypeError(`the name in {% url %} is ${describeValue(name)}; write ${USAGE}`);
    if (typeof params !== "object" || params === null || more.length > 0)
      throw new TypeError(`{% url %} takes a name and named parameters: ${USAGE}`);
    try {
      const request = context.request ?? currentRequest();
      return resolverFor(request, resolver).reverse(text, { ...params }, siteOptionsOf(request));
    } catch (error) {
      if (context.isAssigned && error instanceof NoReverseMatch) return "";
      throw error;
    }
  });
}

function resolverFor(request: HttpRequest | undefined, resolver: URLResolver): URLResolver {
  return request?.urlconf === undefined ? resolver : resolverOf(request.urlconf);
}
