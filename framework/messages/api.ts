/**
 * Messages for the user that the next page shows, once: `messages.success(request, "Saved.")`.
 *
 * Layer 6 (messages). Errors: `MessageFailure` where there is no middleware; `TypeError` for what is no request.
 * Source: Django contrib/messages/api.py.
 */
import type { MessageStorage, NewMessage, UserMessage } from "../conf/message-storage.ts";
import { FrameworkError } from "../exceptions.ts";
import { HttpRequest } from "../http/request.ts";
import { describeValue } from "../utils/describe.ts";
import { SafeString } from "../utils/safe-string.ts";
import { DEBUG, ERROR, INFO, SUCCESS, WARNING } from "./levels.ts";

/** There is no `messagesMiddleware` that could keep messages. */
export class MessageFailure extends FrameworkError {
  override readonly name = "MessageFailure";
  readonly code = "messages.failure";

  constructor() {
    super(
      "You cannot add messages without installing messagesMiddleware in the MIDDLEWARE setting.",
    );
  }
}

export interface MessageOptions extends NewMessage {
  /** Without the middleware, do nothing instead of throwing. @default false */
  readonly failSilently?: boolean;
}

/** The types promise messages; without the middleware there are none. */
function storageOf(request: HttpRequest): MessageStorage | undefined {
  return "messages" in request ? request.messages : undefined;
}

/** Text that is HTML (`formatHtml`, `markSafe`) is a message that is. */
type MessageText = SafeString | string;

/** Keeps a message of a level, which may be one of your own. */
export function addMessage(
  request: HttpRequest,
  level: number,
  message: MessageText,
  options: MessageOptions = {},
): void {
  if (!(request instanceof HttpRequest)) {
    throw new TypeError(
      `addMessage() argument must be an HttpRequest object, not ${describeValue(request)}.`,
    );
  }
  const storage = storageOf(request);
  const isSafe = options.isSafe ?? message instanceof SafeString;
  if (storage !== undefined) storage.add(level, String(message), { ...options, isSafe });
  else if (options.failSilently !== true) throw new MessageFailure();
}

export function debug(request: HttpRequest, message: MessageText, options?: MessageOptions): void {
  addMessage(request, DEBUG, message, options);
}

export function info(request: HttpRequest, message: MessageText, options?: MessageOptions): void {
  addMessage(request, INFO, message, options);
}

export function success(
  request: HttpRequest,
  message: MessageText,
  options?: MessageOptions,
): void {
  addMessage(request, SUCCESS, message, options);
}

export function warning(
  request: HttpRequest,
  message: MessageText,
  options?: MessageOptions,
): void {
  addMessage(request, WARNING, message, options);
}

export function error(request: HttpRequest, message: MessageText, options?: MessageOptions): void {
  addMessage(request, ERROR, message, options);
}

/** The messages of a request; whoever iterates has shown them. None where there is no middleware. */
export function getMessages(request: HttpRequest): MessageStorage | readonly UserMessage[] {
  return storageOf(request) ?? [];
}

/** The level below which this request's messages are not taken. */
export function getLevel(request: HttpRequest): number {
  return storageOf(request)?.level ?? request.app?.settings.MESSAGE_LEVEL ?? INFO;
}

/** Sets it for the rest of this request, `null` to MESSAGE_LEVEL. False where there is no middleware. */
export function setLevel(request: HttpRequest, level: number | null): boolean {
  const storage = storageOf(request);
  if (storage === undefined) return false;
  storage.level = level ?? request.app.settings.MESSAGE_LEVEL;
  return true;
}
