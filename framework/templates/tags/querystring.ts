/**
 * `{% querystring page=2 sort=none %}`: the query of the request, changed.
 *
 * Layer 5 (templates). Source: Django template/defaulttags.py (`querystring`). Mappings that are given first take the
 * place of the request's query.
 */
import type { TagContext, TemplateTag } from "../../conf/template-engine.ts";
import { QueryDict } from "../../http/query-dict.ts";
import { describeValue } from "../../utils/describe.ts";
import { MultiValueDict } from "../../utils/multi-value-dict.ts";
import { simpleTag } from "../tag-kinds.ts";
import { toList } from "../truth.ts";
import { isText, toText } from "../../utils/safe-string.ts";

export const querystringTag: TemplateTag = simpleTag(
  (context: TagContext, ...args: readonly unknown[]) => {
    const hasMapping = args.some((arg) => arg instanceof MultiValueDict || arg instanceof Map);
    const sources =
      hasMapping || context.request === undefined ? args : [context.request.GET, ...args];
    const query = new QueryDict("", { mutable: true });
    for (const source of sources) change(query, source);
    return `?${query.urlencode()}`;
  },
);

function change(query: QueryDict, source: unknown): void {
  for (const [key, value] of pairsOf(source)) {
    if (value === null || value === undefined) query.delete(key);
    else if (typeof value === "object" && Symbol.iterator in value && !isText(value))
      query.setList(key, toList(value).map(toText));
    else query.set(key, toText(value));
  }
}

function pairsOf(source: unknown): Iterable<readonly [string, unknown]> {
  if (source instanceof MultiValueDict) return source.lists();
  if (source instanceof Map) return source;
  if (typeof source !== "object" || source === null)
    throw new TypeError(
      `{% querystring %} takes names and values, or a query; found ${describeValue(source)}`,
    );
  return Object.entries(source);
}
