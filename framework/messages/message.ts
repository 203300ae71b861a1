/**
 * A message, and how it travels: as Django's list `["__json_message", safe, level, text, extraTags?]`.
 *
 * Layer 6 (messages). Pure. Source: Django contrib/messages/storage/base.py (`Message`), cookie.py (`MessageEncoder`,
 * `MessageDecoder`).
 */
import type { NewMessage, UserMessage } from "../conf/message-storage.ts";
import { escapeHtml } from "../utils/html.ts";
import { htmlAs } from "../utils/safe-string.ts";
import { DEFAULT_TAGS } from "./levels.ts";

const MARK = "__json_message";

/** Tags by level: MESSAGE_TAGS. */
export type MessageTags = Readonly<Record<number, string>>;

export class Message implements UserMessage {
  static {
    htmlAs<Message>(this, ({ isSafe, message }) => (isSafe ? message : escapeHtml(message)));
  }

  readonly level: number;
  readonly message: string;
  readonly extraTags: string;
  readonly levelTag: string;
  readonly isSafe: boolean;

  /** `tags` says what levels are called, where that is not the usual. */
  constructor(level: number, message: string, options: NewMessage = {}, tags: MessageTags = {}) {
    this.level = level;
    this.message = message;
    this.extraTags = options.extraTags ?? "";
    this.isSafe = options.isSafe ?? false;
    this.levelTag = tags[level] ?? DEFAULT_TAGS[level] ?? "";
  }

  /** For a `class` attribute: `"extra success"`. */
  get tags(): string {
    return [this.extraTags, this.levelTag].filter((tag) => tag !== "").join(" ");
  }

  /** The text alone, so that a template can write `{{ message }}`. */
  toString(): string {
    return this.message;
  }
}

/** What goes into a cookie or a session. */
export function toEntry({ isSafe, level, message, extraTags }: UserMessage): unknown[] {
  const entry = [MARK, isSafe ? 1 : 0, level, message];
  return extraTags === "" ? entry : [...entry, extraTags];
}

/** `undefined` for what is no message. */
export function fromEntry(entry: unknown, tags: MessageTags): Message | undefined {
  if (!Array.isArray(entry)) return undefined;
  const [mark, safe, level, message, extraTags]: readonly unknown[] = entry;
  if (mark !== MARK || typeof level !== "number" || typeof message !== "string") return undefined;
  const options = {
    isSafe: Boolean(safe),
    extraTags: typeof extraTags === "string" ? extraTags : "",
  };
  return new Message(level, message, options, tags);
}
