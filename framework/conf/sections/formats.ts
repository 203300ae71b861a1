/**
 * Settings: How dates and times are shown.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py, conf/locale/en/formats.py. There are no locales: the formats
 * are these.
 */
import { isTimeZone } from "../../utils/zoned-time.ts";
import { type Check, type Checks, NOT_EMPTY } from "../check-kinds.ts";

export interface FormatSettings {
  /** The time zone that templates show dates and times in: `"Europe/Berlin"`. @default "UTC" */
  readonly TIME_ZONE: string;
  /** What `{{ day | date }}` writes, in the letters of docs/templates.md. @default "N j, Y" */
  readonly DATE_FORMAT: string;
  /** A format that a template can name: `{{ then | date("DATETIME_FORMAT") }}`. @default "N j, Y, P" */
  readonly DATETIME_FORMAT: string;
  /** What `{{ then | time }}` writes. @default "P" */
  readonly TIME_FORMAT: string;
  /** A format that a template can name. @default "m/d/Y" */
  readonly SHORT_DATE_FORMAT: string;
  /** A format that a template can name. @default "m/d/Y P" */
  readonly SHORT_DATETIME_FORMAT: string;
  /** A format that a template can name. @default "F Y" */
  readonly YEAR_MONTH_FORMAT: string;
  /** A format that a template can name. @default "F j" */
  readonly MONTH_DAY_FORMAT: string;
}

export const FORMAT_DEFAULTS: FormatSettings = {
  TIME_ZONE: "UTC",
  DATE_FORMAT: "N j, Y",
  DATETIME_FORMAT: "N j, Y, P",
  TIME_FORMAT: "P",
  SHORT_DATE_FORMAT: "m/d/Y",
  SHORT_DATETIME_FORMAT: "m/d/Y P",
  YEAR_MONTH_FORMAT: "F Y",
  MONTH_DAY_FORMAT: "F j",
};

const FORMAT: Check = ['a format such as "N j, Y"', NOT_EMPTY[1]];

export const FORMAT_CHECKS: Checks<FormatSettings> = {
  TIME_ZONE: ['the name of a time zone, such as "Europe/Berlin"', isTimeZone],
  DATE_FORMAT: FORMAT,
  DATETIME_FORMAT: FORMAT,
  TIME_FORMAT: FORMAT,
  SHORT_DATE_FORMAT: FORMAT,
  SHORT_DATETIME_FORMAT: FORMAT,
  YEAR_MONTH_FORMAT: FORMAT,
  MONTH_DAY_FORMAT: FORMAT,
};
