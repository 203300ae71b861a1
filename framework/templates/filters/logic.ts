/**
 * Filters for what is missing, true or false: `default`, `default_if_none`, `yesno`.
 *
 * Layer 5 (templates). Pure. Source: Django template/defaultfilters.py.
 */
import { isTrue } from "../truth.ts";
import { type Filters } from "./text.ts";
import { toText } from "../../utils/safe-string.ts";

export const LOGIC_FILTERS: Filters = {
  d: fallBack,
  default: fallBack,
  default_if_none: (value: unknown, fallback: unknown) => value ?? fallback,
  yesno,
};

/** Whatever is false counts as missing. */
function fallBack(value: unknown, fallback: unknown = ""): unknown {
  return isTrue(value) ? value : fallback;
}

function yesno(value: unknown, argument: unknown = "yes,no,maybe"): unknown {
  const [yes, no, maybe = no, ...more] = toText(argument).split(",");
  if (no === undefined) return value;
  if (value === null || value === undefined) return more.length === 0 ? maybe : no;
  return isTrue(value) ? yes : no;
}
