/**
 * Messages in the session. Two requests that add or show some at the same time lose none.
 *
 * Layer 6 (messages). Errors: `ImproperlyConfigured` where there is no session.
 * Source: Django contrib/messages/storage/session.py.
 */
import type { MessageStorageSettings, UserMessage } from "../conf/message-storage.ts";
import { ImproperlyConfigured } from "../exceptions.ts";
import type { HttpRequest } from "../http/request.ts";
import { formatJson } from "../signing/json.ts";
import { BaseStorage, type RetrievedMessages } from "./base-storage.ts";
import { fromEntry, toEntry } from "./message.ts";

const KEY = "_messages";

export class SessionStorage extends BaseStorage {
  /** What was there when it was looked at: whatever else is there later came from another request. */
  #retrieved: readonly unknown[] = [];

  constructor(request: HttpRequest, settings: MessageStorageSettings) {
    super(request, settings);
    checkSession(request);
  }

  retrieve(): RetrievedMessages {
    const entries = parseEntries(this.request.session.get(KEY));
    this.#retrieved = entries;
    const messages = entries
      .map((entry) => fromEntry(entry, this.settings.MESSAGE_TAGS))
      .filter((message) => message !== undefined);
    return { messages, isComplete: true };
  }

  store(messages: readonly UserMessage[]): readonly UserMessage[] {
    const mine = messages.map(toEntry);
    if (mine.length === 0 && !this.request.session.has(KEY)) return [];
    this.request.session.change(KEY, (kept) => {
      const entries = this.#mergeWith(parseEntries(kept), mine);
      return entries.length === 0 ? undefined : formatJson(entries);
    });
    return [];
  }

  /** `kept` is what was retrieved, unless another request has added or shown some since. */
  #mergeWith(kept: readonly unknown[], mine: readonly unknown[]): readonly unknown[] {
    const shown = without(this.#retrieved, kept);
    return [...without(mine, shown), ...without(kept, this.#retrieved)];
  }
}

/** The types promise a session; without its middleware there is none. */
export function checkSession(request: HttpRequest): void {
  if ("session" in request) return;
  throw new ImproperlyConfigured(
    "The session-based temporary message storage requires session middleware to be installed, and come before the message middleware in the MIDDLEWARE setting.",
  );
}

function parseEntries(text: unknown): readonly unknown[] {
  if (typeof text !== "string") return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Each of `others` takes one of its like away. */
function without(entries: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const left = others.map(formatJson);
  return entries.filter((entry) => {
    const index = left.indexOf(formatJson(entry));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
