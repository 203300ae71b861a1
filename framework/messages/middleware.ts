/**
 * Gives each request its messages, and keeps those that were not shown.
 *
 * Layer 6 (messages). A request that neither adds nor shows a message costs a few objects.
 * Settings: MESSAGE_*, and SESSION_COOKIE_* for the cookie.
 * Errors: `MessagesNotStored` with DEBUG, when a storage had no room; whatever the storage needs.
 * Source: Django contrib/messages/middleware.py.
 */
import type { MessageStorage } from "../conf/message-storage.ts";
import type { Application, GetResponse } from "../conf/settings.ts";
import { FrameworkError } from "../exceptions.ts";
import { whenReady } from "../utils/maybe-promise.ts";
import { FallbackStorage } from "./fallback-storage.ts";

declare module "../http/request.ts" {
  interface RequestExtensions {
    /** What this user is to be told. Needs `messagesMiddleware`. */
    messages: MessageStorage;
  }
}

/** There was no room for all messages. Only with DEBUG: on a live site the oldest are dropped. */
export class MessagesNotStored extends FrameworkError {
  override readonly name = "MessagesNotStored";
  readonly code = "messages.not_stored";
}

export function messagesMiddleware(
  getResponse: GetResponse,
  { settings }: Application,
): GetResponse {
  const Storage = settings.MESSAGE_STORAGE ?? FallbackStorage;
  return (request) => {
    request.messages = new Storage(request, settings);
    return whenReady(getResponse(request), (response) => {
      const unstored = request.messages.update(response);
      if (unstored.length === 0 || !settings.DEBUG) return response;
      void response.close();
      throw new MessagesNotStored(
        `Not all temporary messages could be stored. There was no room for: ${unstored.map(({ message }) => message).join(", ")}`,
      );
    });
  };
}
