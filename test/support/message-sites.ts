/**
 * Requests with messages, without a site: what one response keeps, the next request has.
 */
import type { MessageStorageClass } from "../../framework/conf/message-storage.ts";
import type { Settings } from "../../framework/conf/settings.ts";
import type { HttpRequest } from "../../framework/http/request.ts";
import { HttpResponse } from "../../framework/http/response.ts";
import type { BaseStorage } from "../../framework/messages/base-storage.ts";
import { MemorySessionStore } from "../../framework/sessions/backends/memory.ts";
import { type Sessions, sessionsOf } from "../../framework/sessions/sessions.ts";
import { sessionSettings } from "./session-engines.ts";
import { makeRequest } from "./wsgi.ts";

type StorageClass = new (...args: ConstructorParameters<MessageStorageClass>) => BaseStorage;

/** A browser and a site that it talks to. */
export class MessageSite {
  readonly settings: Settings;
  readonly #storage: StorageClass;
  readonly #sessions: Sessions;
  #sessionKey: string | undefined;
  /** The value of the messages cookie; `undefined` when the browser has none. */
  cookie: string | undefined;
  /** The last `Set-Cookie`. */
  setCookie: string | undefined;

  constructor(storage: StorageClass, settings: Partial<Settings> = {}) {
    const store = new MemorySessionStore();
    this.settings = sessionSettings(() => store, "/", settings);
    this.#storage = storage;
    this.#sessions = sessionsOf(this.settings);
  }

  /** A request with its storage; `finish` answers it, and returns what there was no room for. */
  begin(): { storage: BaseStorage; request: HttpRequest; finish: () => Promise<string[]> } {
    const request = makeRequest();
    request.COOKIES = { messages: this.cookie };
    const session = this.#sessions.at(this.#sessionKey);
    request.session = session;
    const storage = new this.#storage(request, this.settings);
    request.messages = storage;
    const finish = async (): Promise<string[]> => {
      const response = new HttpResponse();
      const unstored = storage.update(response);
      if (session.modified) await session.save();
      this.#sessionKey = session.sessionKey;
      this.setCookie = response.cookies.get("messages");
      const value = /^messages=([^;]*);/.exec(this.setCookie ?? "")?.[1];
      if (value !== undefined) this.cookie = value === "" ? undefined : value;
      return unstored.map(({ message }) => message);
    };
    return { storage, request, finish };
  }

  /** A request that adds messages and shows none. */
  async add(...messages: readonly string[]): Promise<string[]> {
    const { storage, finish } = this.begin();
    for (const message of messages) storage.add(25, message);
    return await finish();
  }

  /** A request that shows what there is. */
  async show(): Promise<string[]> {
    const { storage, finish } = this.begin();
    const shown = Array.from(storage, ({ message }) => message);
    await finish();
    return shown;
  }

  /** What the session holds under the key of messages. */
  sessionText(): unknown {
    return this.#sessions.at(this.#sessionKey).get("_messages");
  }
}
