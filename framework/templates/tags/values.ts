/**
 * Small tags: `cycle`, `firstof`, `now`, `spaceless`, `widthratio`.
 *
 * Layer 5 (templates). Source: Django template/defaulttags.py.
 */
import type { FormatSettings } from "../../conf/sections/formats.ts";
import type { TagContext, TemplateTag } from "../../conf/template-engine.ts";
import { formatDate } from "../../utils/date-format.ts";
import { markSafe, type SafeString, toText } from "../../utils/safe-string.ts";
import { formatNamed } from "../filters/dates.ts";
import { toFloat } from "../filters/text.ts";
import { simpleBlockTag, simpleTag } from "../tag-kinds.ts";
import { isTrue } from "../truth.ts";

/** `{% cycle "odd" "even" %}`: the next of its values each time it is come by. */
export const cycleTag: TemplateTag = simpleTag(
  (context: TagContext, ...values: readonly unknown[]) => {
    const state = context.remember(() => ({ next: 0 }));
    const value = values[state.next % Math.max(1, values.length)];
    state.next += 1;
    return value;
  },
);

/** `{% firstof user.nick user.name "somebody" %}`: the first value that is not empty or false. */
export const firstOfTag: TemplateTag = simpleTag(
  (_context: TagContext, ...values: readonly unknown[]) => values.find(isTrue) ?? "",
);

/** `{% spaceless %}…{% endspaceless %}`: no space between tags. */
export const spacelessTag: TemplateTag = simpleBlockTag(
  (_context: TagContext, content: SafeString) =>
    markSafe(content.trim().replaceAll(/>\s+</g, "><")),
);

/** `{% widthratio value highest 100 %}`: the share of `highest`, as a whole number. */
export const widthRatioTag: TemplateTag = simpleTag(
  (_context: TagContext, value: unknown, highest: unknown, width: unknown) => {
    const [part, whole, size] = [toFloat(value), toFloat(highest), toFloat(width)];
    if (part === undefined || whole === undefined || size === undefined) return "";
    return whole === 0 ? "0" : String(roundHalfEven((part / whole) * size));
  },
);

/** `{% now "j. n. Y" %}`: the time in TIME_ZONE. */
export function nowTag(settings: FormatSettings, now: () => Date = () => new Date()): TemplateTag {
  return simpleTag((_context: TagContext, format: unknown = "DATE_FORMAT") =>
    formatDate(now(), formatNamed(settings, toText(format)), settings.TIME_ZONE),
  );
}

/** As Python rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
