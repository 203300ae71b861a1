/**
 * Messages in every template.
 *
 * Layer 6 (messages). Source: Django contrib/messages/context_processors.py.
 * Differs from Django: without messages `messages` is `null`.
 */
import type { TemplateContext } from "../conf/template-engine.ts";
import type { HttpRequest } from "../http/request.ts";
import { getMessages } from "./api.ts";
import { DEFAULT_LEVELS } from "./levels.ts";

/** For `TEMPLATES.OPTIONS.contextProcessors`: `messages`, which a `for` shows and uses up, and `DEFAULT_MESSAGE_LEVELS`. */
export function messagesContext(request: HttpRequest): TemplateContext {
  const messages = getMessages(request);
  return {
    messages: messages.length === 0 ? null : messages,
    DEFAULT_MESSAGE_LEVELS: DEFAULT_LEVELS,
  };
}
