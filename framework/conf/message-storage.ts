/**
 * Messages between requests, as the rest of the framework knows them.
 *
 * Layer 4 (conf). Types only. Why here: MESSAGE_STORAGE is a setting, while the storages need sessions, layers up
 * (messages/).
 */
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";

/** A message for the user, shown once. */
export interface UserMessage {
  readonly level: number;
  readonly message: string;
  /** Words of your own, for the template. */
  readonly extraTags: string;
  /** The word of its level: `"success"`. */
  readonly levelTag: string;
  /** `extraTags` and `levelTag`, as a `class` attribute takes them. */
  readonly tags: string;
  /** The text is HTML that needs no escaping. */
  readonly isSafe: boolean;
}

export interface NewMessage {
  readonly extraTags?: string | undefined;
  readonly isSafe?: boolean | undefined;
}

/** The messages of one request's user. Who iterates has shown them: they are not kept any longer. */
export interface MessageStorage extends Iterable<UserMessage> {
  /** How many there are; looking does not use them up. */
  readonly length: number;
  /** Messages below this level are not taken. */
  level: number;
  add(level: number, message: string, options?: NewMessage): void;
  /** Keeps for the next request what was not shown; returns what there was no room for. */
  update(response: HttpResponseBase): readonly UserMessage[];
}

/** The settings that a storage may need. */
export interface MessageStorageSettings {
  readonly DEBUG: boolean;
  readonly MESSAGE_LEVEL: number;
  readonly MESSAGE_TAGS: Readonly<Record<number, string>>;
  readonly SECRET_KEY: string;
  readonly SECRET_KEY_FALLBACKS: readonly string[];
  readonly SESSION_COOKIE_DOMAIN: string | null;
  readonly SESSION_COOKIE_HTTPONLY: boolean;
  readonly SESSION_COOKIE_SAMESITE: "lax" | "strict" | "none" | null;
  readonly SESSION_COOKIE_SECURE: boolean;
}

/** Made anew for each request. */
export type MessageStorageClass = new (
  request: HttpRequest,
  settings: MessageStorageSettings,
) => MessageStorage;
