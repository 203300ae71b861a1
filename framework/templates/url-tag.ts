/**
 * `{% url "polls:detail" pk=poll.id %}`: the URL of a view, in a template.
 *
 * Layer 5 (templates). Errors: `NoReverseMatch`, as in code. Source: Django template/defaulttags.py (`url`).
 * Differs from Django: parameters have names only.
 */
import { HttpRequest } from "../http/request.ts";
import { currentRequest, siteOptionsOf } from "../urls/current-site.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { resolverOf } from "../urls/urlconf.ts";
import { describeValue } from "../utils/describe.ts";

const USAGE = `{% url "detail" pk=1 %}`;

/** The parts of nunjucks' parser that a tag needs; its published types call all of it `any`. */
interface TagParser {
  nextToken(): Token;
  peekToken(): Token;
  skipValue(type: "operator", value: "="): boolean;
  parseExpression(): TagNode;
  advanceAfterBlockEnd(tag: string): void;
  fail(message: string, line: number, column: number): never;
}

interface Token {
  readonly type: string;
  readonly value: string;
  readonly lineno: number;
  readonly colno: number;
}

interface TagNode {
  readonly lineno: number;
  readonly colno: number;
  addChild(child: TagNode): void;
}

interface TagNodes {
  NodeList: new (line: number, column: number) => TagNode;
  KeywordArgs: new (line: number, column: number) => TagNode;
  Pair: new (line: number, column: number, key: TagNode, value: TagNode) => TagNode;
  CallExtension: new (extension: object, method: string, args: TagNode, bodies: null) => object;
}

/** What nunjucks hands to a tag: the variables of the template. */
interface TemplateVariables {
  lookup(name: string): unknown;
}

export class UrlTag {
  readonly tags: string[] = ["url"];
  readonly #resolver: URLResolver;

  constructor(resolver: URLResolver) {
    this.#resolver = resolver;
  }

  /** Called by nunjucks while it parses a template: a name, then `parameter=value` pairs with spaces between them. */
  parse(parser: TagParser, nodes: TagNodes): object {
    const tag = parser.nextToken();
    const { lineno, colno } = tag;
    const args = new nodes.NodeList(lineno, colno);
    const keywords = new nodes.KeywordArgs(lineno, colno);
    args.addChild(parser.parseExpression());
    while (parser.peekToken().type !== "block-end") {
      const key = parser.parseExpression();
      if (!parser.skipValue("operator", "=")) {
        parser.fail(`{% url %} takes a name and named parameters: ${USAGE}`, key.lineno, key.colno);
      }
      keywords.addChild(new nodes.Pair(key.lineno, key.colno, key, parser.parseExpression()));
    }
    args.addChild(keywords);
    parser.advanceAfterBlockEnd(tag.value);
    return new nodes.CallExtension(this, "run", args, null);
  }

  /** Called by nunjucks while it renders one; keyword arguments come last, as one object. */
  run(
    context: TemplateVariables,
    name: unknown,
    keywords: Readonly<Record<string, unknown>>,
  ): string {
    if (typeof name !== "string") {
      throw new TypeError(`the name in {% url %} is ${describeValue(name)}; write ${USAGE}`);
    }
    const { __keywords, ...params } = keywords;
    const variable = context.lookup("request");
    const request = variable instanceof HttpRequest ? variable : currentRequest();
    const resolver = request?.urlconf === undefined ? this.#resolver : resolverOf(request.urlconf);
    return resolver.reverse(name, params, siteOptionsOf(request));
  }
}
