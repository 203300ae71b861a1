/**
 * Messages in a signed cookie. It is Django's: either site reads the other's.
 *
 * Layer 6 (messages). Units: sizes in characters of the cookie's value.
 * Source: Django contrib/messages/storage/cookie.py.
 */
import type { MessageStorageSettings, UserMessage } from "../conf/message-storage.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { sessionCookieAttributes } from "../sessions/cookie.ts";
import { getCookieSigner } from "../signing/cookie-signer.ts";
import { BadSignature } from "../signing/exceptions.ts";
import type { TimestampSigner } from "../signing/timestamp-signer.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import { BaseStorage, type RetrievedMessages, type StoreOptions } from "./base-storage.ts";
import { fromEntry, toEntry } from "./message.ts";

const COOKIE = "messages";

/** Half of what a browser gives all cookies of a response that small servers accept; the session needs room too. */
const MAX_COOKIE_SIZE = 2048;

/** The last entry of a cookie that could not hold all messages. */
const NOT_FINISHED = "__messagesnotfinished__";

const SALT = "django.contrib.messages";

const signers = new WeakMap<MessageStorageSettings, TimestampSigner>();

/** Keys are derived once for each site. */
function signerOf(settings: MessageStorageSettings): TimestampSigner {
  const { SECRET_KEY, SECRET_KEY_FALLBACKS } = settings;
  return getOrInsert(signers, settings, () =>
    getCookieSigner(SECRET_KEY, SECRET_KEY_FALLBACKS, SALT, () => Date.now()),
  );
}

export class CookieStorage extends BaseStorage {
  retrieve(): RetrievedMessages {
    const cookie = this.request.COOKIES[COOKIE];
    if (cookie === undefined || cookie === "") return { messages: undefined, isComplete: false };
    const entries = this.#decode(cookie);
    if (entries === undefined) {
      // So that the cookie is removed: nobody can make anything of it.
      this.used = true;
      return { messages: undefined, isComplete: false };
    }
    const messages = entries
      .map((entry) => fromEntry(entry, this.settings.MESSAGE_TAGS))
      .filter((message) => message !== undefined);
    return { messages, isComplete: entries.at(-1) !== NOT_FINISHED };
  }

  store(
    messages: readonly UserMessage[],
    response: HttpResponseBase,
    { removeOldest = true }: StoreOptions = {},
  ): readonly UserMessage[] {
    const fitting = this.#fitting(messages, removeOldest);
    this.#setCookie(fitting.cookie, response);
    return removeOldest
      ? messages.slice(0, messages.length - fitting.count)
      : messages.slice(fitting.count);
  }

  /** As many as there is room for: the newest, or the oldest. */
  #fitting(
    messages: readonly UserMessage[],
    newest: boolean,
  ): { readonly count: number; readonly cookie: string | undefined } {
    const entries: readonly unknown[] = messages.map(toEntry);
    if (entries.length === 0) return { count: 0, cookie: undefined };
    const all = this.#encode(entries);
    if (all.length <= MAX_COOKIE_SIZE) return { count: entries.length, cookie: all };
    const cookieOf = (count: number): string => {
      const some = newest ? entries.slice(entries.length - count) : entries.slice(0, count);
      return this.#encode([...some, NOT_FINISHED]);
    };
    const count = largestThat(entries.length, (some) => cookieOf(some).length <= MAX_COOKIE_SIZE);
    return { count, cookie: cookieOf(count) };
  }

  #setCookie(cookie: string | undefined, response: HttpResponseBase): void {
    const attributes = sessionCookieAttributes(this.settings);
    if (cookie === undefined) {
      const { httpOnly: _, ...kept } = attributes;
      response.deleteCookie(COOKIE, kept);
    } else {
      response.setCookie(COOKIE, cookie, attributes);
    }
  }

  #encode(entries: readonly unknown[]): string {
    return signerOf(this.settings).signObject(entries, { compress: true });
  }

  #decode(cookie: string): readonly unknown[] | undefined {
    try {
      const value = signerOf(this.settings).unsignObject(cookie);
      return Array.isArray(value) ? value : undefined;
    } catch (error) {
      if (error instanceof BadSignature) return undefined;
      throw error;
    }
  }
}

/** The largest number below `limit` that `holds`, when all below it hold too; 0 at least. */
function largestThat(limit: number, holds: (count: number) => boolean): number {
  let [holding, failing] = [0, limit];
  while (failing - holding > 1) {
    const middle = Math.floor((holding + failing) / 2);
    if (holds(middle)) holding = middle;
    else failing = middle;
  }
  return holding;
}
