/**
 * Settings: Messages that are shown to a user once.
 *
 * Layer 4 (conf). Source: Django conf/global_settings.py; contrib/messages/storage/base.py.
 */
import { type Checks, isString, WHOLE_NUMBER } from "../check-kinds.ts";
import type { MessageStorageClass } from "../message-storage.ts";

export interface MessageSettings {
  /** Messages below this level are not taken; 20 is INFO. @default 20 */
  readonly MESSAGE_LEVEL: number;
  /**
   * Where messages wait: `FallbackStorage`, `CookieStorage` or `SessionStorage` of minorswing/messages, or your own;
   * `null` for `FallbackStorage`. @default null
   */
  readonly MESSAGE_STORAGE: MessageStorageClass | null;
  /** Tags of levels, where they are not to be the usual ones: `{ 40: "danger" }`. @default {} */
  readonly MESSAGE_TAGS: Readonly<Record<number, string>>;
}

export const MESSAGE_DEFAULTS: MessageSettings = {
  MESSAGE_LEVEL: 20,
  MESSAGE_STORAGE: null,
  MESSAGE_TAGS: {},
};

export const MESSAGE_CHECKS: Checks<MessageSettings> = {
  MESSAGE_LEVEL: WHOLE_NUMBER,
  MESSAGE_STORAGE: [
    "a storage class, such as FallbackStorage, or null",
    (value) => value === null || typeof value === "function",
  ],
  MESSAGE_TAGS: ['an object of tags by level, such as { 40: "danger" }', isTags],
};

function isTags(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([level, tag]) => /^\d+$/.test(level) && isString(tag));
}
