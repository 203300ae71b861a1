/**
 * What a converter can match, as far as it can be known without its expression being run.
 *
 * Layer 3 (urls). Pure. A parameter whose text never has a slash fills a segment of a path: the index of
 * routes can then test the segment and go on, instead of matching the whole route.
 */
import { type Converter, getConverter } from "./converters.ts";

/** The texts that a converter matches, when none of them is empty or has a slash in it. */
export interface SegmentKind {
  /** Kinds with the same key take the same texts. */
  readonly key: string;
  /** Always matches as much as it can, so that it makes no difference whether it is followed by anything. */
  readonly greedy: boolean;
  /** Whether the text from `start` to `end` is one of them. It has no slash. */
  fits(path: string, start: number, end: number): boolean;
}

const SLUG = new Uint8Array(128);
for (const character of "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  SLUG[character.charCodeAt(0)] = 1;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const BUILT_IN: Readonly<Record<string, SegmentKind>> = {
  str: { key: "str", greedy: true, fits: (_path, start, end) => start < end },
  int: { key: "int", greedy: true, fits: isDigits },
  slug: { key: "slug", greedy: true, fits: isSlug },
  uuid: {
    key: "uuid",
    greedy: true,
    fits: (path, start, end) => end - start === 36 && UUID.test(path.slice(start, end)),
  },
};

const known = new WeakMap<Converter<unknown>, SegmentKind | "none">();

/** `undefined` for a converter that may match a slash or nothing, or of which that cannot be told. */
export function segmentKindOf(converter: Converter<unknown>): SegmentKind | undefined {
  let kind = known.get(converter);
  if (kind === undefined) {
    kind = findKind(converter) ?? "none";
    known.set(converter, kind);
  }
  return kind === "none" ? undefined : kind;
}

function findKind(converter: Converter<unknown>): SegmentKind | undefined {
  for (const [name, kind] of Object.entries(BUILT_IN))
    if (getConverter(name) === converter) return kind;
  return kindOfExpression(converter.regex);
}

/**
 * Expressions that cannot match a slash: letters, digits, classes of them, groups and quantifiers. No ranges
 * that could span the slash, no "everything but", no assertions. What is not understood is left out.
 */
const WITHOUT_SLASH =
  /^(?:[\w,{}?*+|)~-]|\((?:\?:)|\\[dw.~-]|\[-?(?:\w-\w|\w(?!-[^\]])|\\[dw.])+-?\])*$/;

function kindOfExpression(source: string): SegmentKind | undefined {
  if (!WITHOUT_SLASH.test(source)) return undefined;
  const expression = new RegExp(`^(?:${source})$`);
  if (expression.test("")) return undefined;
  return {
    key: `(${source})`,
    greedy: false,
    fits: (path, start, end) => expression.test(path.slice(start, end)),
  };
}

function isDigits(path: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const code = path.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  return start < end;
}

function isSlug(path: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++)
    if (SLUG[path.charCodeAt(index)] !== 1) return false;
  return start < end;
}
