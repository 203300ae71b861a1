/**
 * What all storages of messages share: what is there, what was added, and whether it was shown.
 *
 * Layer 6 (messages). Source: Django contrib/messages/storage/base.py (`BaseStorage`).
 */
import type {
  MessageStorage,
  MessageStorageSettings,
  NewMessage,
  UserMessage,
} from "../conf/message-storage.ts";
import type { HttpRequest } from "../http/request.ts";
import type { HttpResponseBase } from "../http/response.ts";
import { Message } from "./message.ts";

export interface RetrievedMessages {
  /** `undefined` when this storage was not used at all. */
  readonly messages: readonly UserMessage[] | undefined;
  /** False when there may be more elsewhere. */
  readonly isComplete: boolean;
}

export interface StoreOptions {
  /** Where there is no room for all, drop the oldest; else refuse the newest. @default true */
  readonly removeOldest?: boolean;
}

/** To be provided by a subclass: `retrieve` and `store`. */
export abstract class BaseStorage implements MessageStorage {
  /** Messages below it are not taken. */
  level: number;
  /** They were shown, so that they are not kept any longer. */
  used = false;
  protected readonly request: HttpRequest;
  protected readonly settings: MessageStorageSettings;
  #loaded: UserMessage[] | undefined;
  #queued: UserMessage[] = [];
  #hasNew = false;

  constructor(request: HttpRequest, settings: MessageStorageSettings) {
    this.request = request;
    this.settings = settings;
    this.level = settings.MESSAGE_LEVEL;
  }

  /** What the request came with. */
  abstract retrieve(): RetrievedMessages;

  /** Keeps these and nothing else for the next request; returns those there was no room for. */
  abstract store(
    messages: readonly UserMessage[],
    response: HttpResponseBase,
    options?: StoreOptions,
  ): readonly UserMessage[];

  get length(): number {
    return this.#messages.length + this.#queued.length;
  }

  /** They count as shown from now on. */
  [Symbol.iterator](): ArrayIterator<UserMessage> {
    this.used = true;
    this.#loaded = [...this.#messages, ...this.#queued];
    this.#queued = [];
    return this.#loaded.values();
  }

  add(level: number, message: string, options: NewMessage = {}): void {
    if (message === "" || level < this.level) return;
    this.#hasNew = true;
    this.#queued.push(new Message(level, message, options, this.settings.MESSAGE_TAGS));
  }

  update(response: HttpResponseBase): readonly UserMessage[] {
    if (this.used) return this.store(this.#queued, response);
    if (this.#hasNew) return this.store([...this.#messages, ...this.#queued], response);
    return [];
  }

  get #messages(): readonly UserMessage[] {
    this.#loaded ??= [...(this.retrieve().messages ?? [])];
    return this.#loaded;
  }
}
