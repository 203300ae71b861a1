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
import { checkSession, SessionStorage } from "./session-storage.ts";

interface Part {
  readonly storage: BaseStorage;
  /** It holds something that must not stay there. */
  isFilled: boolean;
}

export class FallbackStorage extends BaseStorage {
  /** Made on first use: most requests have no messages. */
  #known: readonly Part[] | undefined;

  constructor(request: HttpRequest, settings: MessageStorageSettings) {
    super(request, settings);
    checkSession(request);
  }

  retrieve(): RetrievedMessages {
    const all: UserMessage[] = [];
    for (const part of this.#parts) {
      const { messages, isComplete } = part.storage.retrieve();
      // A cookie that could not be read is to go, too.
      if (part.storage.used) this.used = true;
      part.isFilled = part.storage.used || (messages !== undefined && messages.length > 0);
      if (messages === undefined) break;
      all.push(...messages);
      if (isComplete) break;
    }
    return { messages: all, isComplete: true };
  }

  store(messages: readonly UserMessage[], response: HttpResponseBase): readonly UserMessage[] {
    let left = messages;
    for (const { storage, isFilled } of this.#parts) {
      if (left.length > 0) left = storage.store(left, response, { removeOldest: false });
      else if (isFilled) storage.store([], response);
    }
    return left;
  }

  get #parts(): readonly Part[] {
    const [request, settings] = [this.request, this.settings];
    this.#known ??= [
      { storage: new CookieStorage(request, settings), isFilled: false },
      { storage: new SessionStorage(request, settings), isFilled: false },
    ];
    return this.#known;
  }
}
