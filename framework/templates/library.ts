/**
 * The filters, tests, tags and globals of an engine: those that are built in, and the project's.
 *
 * Layer 5 (templates). Errors: `ImproperlyConfigured` for a filter, test or tag that templates could not use: one that is
 * asynchronous, has a name that cannot be written, or the name of a tag of the language itself.
 */
import type { FormatSettings } from "../conf/sections/formats.ts";
import type { StaticFilesSettings } from "../conf/sections/static-files.ts";
import type { TemplateOptions, TemplateTag } from "../conf/template-engine.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import { staticUrl } from "../staticfiles/static-url.ts";
import type { URLResolver } from "../urls/resolver.ts";
import { describeValue } from "../utils/describe.ts";
import type { Library } from "./compilation.ts";
import { dateFilters } from "./filters/dates.ts";
import { NUNJUCKS_FILTERS } from "./filters/from-nunjucks.ts";
import { HTML_FILTERS } from "./filters/html.ts";
import { listFilters } from "./filters/lists.ts";
import { LOGIC_FILTERS } from "./filters/logic.ts";
import { NUMBER_FILTERS } from "./filters/numbers.ts";
import { STRING_FILTERS } from "./filters/strings.ts";
import { TRUNCATE_FILTERS } from "./filters/truncate.ts";
import { STRUCTURAL_TAGS } from "./structural-tags.ts";
import { NUNJUCKS_TAGS } from "./syntax-hints.ts";
import { simpleTag } from "./tag-kinds.ts";
import { csrfTokenTag } from "./tags/csrf-token.ts";
import { querystringTag } from "./tags/querystring.ts";
import { urlTag } from "./tags/url.ts";
import { cycleTag, firstOfTag, nowTag, spacelessTag, widthRatioTag } from "./tags/values.ts";
import { TESTS } from "./tests.ts";
import { toText } from "../utils/safe-string.ts";

/** What tags and filters depend on. */
export interface LibrarySettings extends FormatSettings, StaticFilesSettings {
  readonly DEBUG: boolean;
  readonly FORCE_SCRIPT_NAME: string | null;
}

export function buildLibrary(
  settings: LibrarySettings,
  resolver: URLResolver,
  options: TemplateOptions,
): Library {
  const tests = merge("tests", TESTS, options.tests);
  const builtIn = {
    ...NUNJUCKS_FILTERS,
    ...STRING_FILTERS,
    ...TRUNCATE_FILTERS,
    ...HTML_FILTERS,
    ...LOGIC_FILTERS,
    ...NUMBER_FILTERS,
    ...listFilters(tests),
    ...dateFilters(settings),
  };
  const filters = merge("filters", builtIn, options.filters);
  return { filters, tests, tags: mergeTags(builtInTags(settings, resolver), options.tags ?? {}) };
}

function builtInTags(
  settings: LibrarySettings,
  resolver: URLResolver,
): Readonly<Record<string, TemplateTag>> {
  return {
    csrf_token: csrfTokenTag(settings.DEBUG),
    cycle: cycleTag,
    firstof: firstOfTag,
    now: nowTag(settings),
    querystring: querystringTag,
    spaceless: spacelessTag,
    static: simpleTag((_context, path: unknown) => staticUrl(settings, toText(path))),
    url: urlTag(resolver),
    widthratio: widthRatioTag,
  };
}

/** The project's own ones take the place of those that are built in. */
function merge<Kind extends Function>(
  what: string,
  builtIn: Readonly<Record<string, Kind>>,
  own: Readonly<Record<string, Kind>> = {},
): ReadonlyMap<string, Kind> {
  for (const [name, value] of Object.entries(own)) {
    const where = `TEMPLATES.OPTIONS.${what}.${name}`;
    if (!/^[a-z_]\w*(?:\.[a-z_]\w*)*$/i.test(name))
      throw new ImproperlyConfigured(`${where} has a name that templates cannot write.`);
    if (typeof value !== "function")
      throw new ImproperlyConfigured(`${where} must be a function; found ${describeValue(value)}.`);
    refuseAsync(where, value);
  }
  return new Map([...Object.entries(builtIn), ...Object.entries(own)]);
}

function mergeTags(
  builtIn: Readonly<Record<string, TemplateTag>>,
  own: Readonly<Record<string, TemplateTag>>,
): ReadonlyMap<string, TemplateTag> {
  const reserved = new Set([...NUNJUCKS_TAGS, ...STRUCTURAL_TAGS.map(([name]) => name), "comment"]);
  for (const [name, tag] of Object.entries(own)) {
    const where = `TEMPLATES.OPTIONS.tags.${name}`;
    if (!/^[a-z_]\w*$/i.test(name))
      throw new ImproperlyConfigured(`${where} has a name that templates cannot write.`);
    if (reserved.has(name))
      throw new ImproperlyConfigured(`${where} has the name of a tag that cannot be replaced.`);
    if (typeof tag !== "object" || tag === null || typeof tag.run !== "function")
      throw new ImproperlyConfigured(
        `${where} must be made by simpleTag, simpleBlockTag or inclusionTag; found ${describeValue(tag)}.`,
      );
    refuseAsync(where, tag.run);
  }
  return new Map([...Object.entries(builtIn), ...Object.entries(own)]);
}

/** A template is rendered in one go, so nothing in it can wait. */
function refuseAsync(where: string, value: Function): void {
  if (!/^\[object Async(?:Generator)?Function\]$/.test(Object.prototype.toString.call(value)))
    return;
  throw new ImproperlyConfigured(
    `${where} is an async function, and templates cannot wait. Await in the view, and give the template the result.`,
  );
}
