/**
 * How important a message is, as numbers with room between them for a site's own.
 *
 * Layer 6 (messages). Source: Django contrib/messages/constants.py.
 */
export const DEBUG = 10;
export const INFO = 20;
export const SUCCESS = 25;
export const WARNING = 30;
export const ERROR = 40;

/** By name, for templates. */
export const DEFAULT_LEVELS: Readonly<Record<string, number>> = Object.freeze({
  DEBUG,
  INFO,
  SUCCESS,
  WARNING,
  ERROR,
});

/** What MESSAGE_TAGS adds to. */
export const DEFAULT_TAGS: Readonly<Record<number, string>> = Object.freeze({
  [DEBUG]: "debug",
  [INFO]: "info",
  [SUCCESS]: "success",
  [WARNING]: "warning",
  [ERROR]: "error",
});
