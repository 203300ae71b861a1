/**
 * `{% url "polls:detail" pk=poll.id %}`: the URL of a view, in a template.
 *
 * Layer 5 (templates). Errors: `NoReverseMatch`, as in code. Source: Django template/defaulttags.py (`url`).
 * Differs from Django: parameters have names only.
 */
import type { URLResolver } from "../urls/resolver.ts";

/** The part of nunjucks' parser that a tag needs; its published types call all of it `any`. */
interface TagParser {
  nextToken(): { value: string };
  parseSignature(tolerant: null, noParentheses: true): unknown;
  advanceAfterBlockEnd(tag: string): void;
}

interface TagNodes {
  CallExtension: new (extension: object, method: string, args: unknown, bodies: null) => object;
}

export class UrlTag {
  readonly tags: string[] = ["url"];
  readonly #resolver: URLResolver;

  constructor(resolver: URLResolver) {
    this.#resolver = resolver;
  }

  /** Called by nunjucks while it parses a template. */
  parse(parser: TagParser, nodes: TagNodes): object {
    const tag = parser.nextToken();
    const args = parser.parseSignature(null, true);
    parser.advanceAfterBlockEnd(tag.value);
    return new nodes.CallExtension(this, "run", args, null);
  }

  /** Called by nunjucks while it renders one; keyword arguments come last, as one object. */
  run(_context: unknown, name: unknown, keywords: Readonly<Record<string, unknown>> = {}): string {
    const { __keywords, ...params } = keywords;
    if (typeof name !== "string" || (Object.keys(keywords).length > 0 && __keywords !== true)) {
      throw new TypeError('{% url %} takes a name and named parameters: {% url "detail" pk=1 %}');
    }
    return this.#resolver.reverse(name, params);
  }
}
