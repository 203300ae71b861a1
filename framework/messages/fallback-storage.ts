/**
 * Messages in a cookie, and those it has no room for in the session.
 *
 * Layer 6 (messages). Errors: those of session-storage.ts. Source: Django contrib/messages/storage/fallback.py.
 */
import type { MessageStorageSettings, UserMessage } from "../conf/message-storage.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { BaseStorage, type RetrievedMessages } from "./base-storage.ts";
import { CookieStorage } from "./cookie-storage.ts";
import { SessionStorage } from "./session-storage.ts";

export class FallbackStorage extends BaseStorage {
  readonly #storages: readonly BaseStorage[];
  /** Those that hold something, which must not stay there. */
  readonly #filled: Set<BaseStorage> = new Set<BaseStorage>();

  constructor(request: HttpRequest, settings: MessageStorageSettings) {
    super(request, settings);
    this.#storages = [new CookieStorage(request, settings), new SessionStorage(request, settings)];
  }

  retrieve(): RetrievedMessages {
    const all: UserMessage[] = [];
    for (const storage of this.#storages) {
      const { messages, isComplete } = storage.retrieve();
      // A cookie that could not be read is to go, too.
      if (storage.used) this.used = true;
      if (storage.used || (messages !== undefined && messages.length > 0))
        this.#filled.add(storage);
      if (messages === undefined) break;
      all.push(...messages);
      if (isComplete) break;
    }
    return { messages: all, isComplete: true };
  }

  store(messages: readonly UserMessage[], response: HttpResponseBase): readonly UserMessage[] {
    let left = messages;
    for (const storage of this.#storages) {
      if (left.length > 0) left = storage.store(left, response, { removeOldest: false });
      else if (this.#filled.delete(storage)) storage.store([], response);
    }
    return left;
  }
}
