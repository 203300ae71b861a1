/**
 * From a regular expression to the parts that a path can be built from.
 *
 * Layer 3 (urls). Pure. Source: Django utils/regex_helper.py (`normalize`), its rules: a quantifier means as few as it
 * allows; an optional group with a parameter in it may be there or not; of a class its first character; what only
 * asserts is left out; a `|` outside of a group that captures cannot be reversed. The path that comes out is
 * matched against the expression before it is used, so a wrong guess is no wrong URL.
 * Differs from Django: `[^…]` gives a character that it allows; `(?i:…)` is a group like any other.
 */
import { anyText } from "./converters.ts";
import { type Atom, RegexReader } from "./regex-source.ts";
import { type ParameterPart, parametersOf, type RoutePart } from "./route.ts";

/** `undefined` when the expression cannot be reversed. Groups without a name are called "0", "1", … */
export function reversibleParts(source: string): readonly RoutePart[] | undefined {
  try {
    return new Builder(source).sequence();
  } catch (error) {
    if (error instanceof NotReversible) return undefined;
    throw error;
  }
}

class NotReversible extends Error {}

class Builder {
  readonly #reader: RegexReader;
  readonly #names = new Map<number, string>();
  #unnamed = 0;

  constructor(source: string) {
    this.#reader = new RegexReader(source);
  }

  /** Parts up to the end of the group that was opened last. */
  sequence(): RoutePart[] {
    const parts: RoutePart[] = [];
    for (;;) {
      const atom = this.#reader.next();
      if (atom.kind === "close") return parts;
      const made = this.#partsOf(atom);
      parts.push(...quantified(made, this.#reader.quantifier() ?? 1));
    }
  }

  #partsOf(atom: Atom): RoutePart[] {
    switch (atom.kind) {
      case "text":
      case "some":
        return [{ kind: "text", text: atom.text }];
      case "open":
        return this.sequence();
      case "capture":
        return [this.#capture(atom)];
      case "reference":
        return [this.#reference(atom.to)];
      case "or":
        throw new NotReversible();
      default:
        return [];
    }
  }

  #capture({ name, number }: Extract<Atom, { kind: "capture" }>): ParameterPart {
    const own = name ?? String(this.#unnamed++);
    this.#names.set(number, own);
    return { kind: "parameter", name: own, converter: anyText };
  }

  /** The value of a group is written again. One inside of another group has none of its own. */
  #reference(to: string | number): ParameterPart {
    const name = typeof to === "string" ? to : this.#names.get(to);
    if (name === undefined) throw new NotReversible();
    return { kind: "parameter", name, converter: anyText };
  }
}

function quantified(parts: RoutePart[], count: number): RoutePart[] {
  if (count === 1) return parts;
  if (count > 1) return Array.from({ length: count }, () => parts).flat();
  const [parameter] = parametersOf(parts);
  return parameter === undefined ? [] : [{ kind: "optional", parts }];
}
