/**
 * The session of a user: what a site remembers between two requests of one browser.
 *
 * Layer 5 (sessions). Data is read when it is first asked for. Values are what JSON can say.
 * Errors: `SessionInterrupted` when it is saved and was deleted meanwhile; `UnsignableValue` for what has no JSON;
 * `SessionNotLoaded` outside of the middleware, where the engine is asynchronous.
 * Source: Django contrib/sessions/backends/base.py (`SessionBase`).
 * Differs from Django: nothing is stored before `save()`, which the middleware calls: `flush` and `cycleKey` take effect
 * then, so they need not wait. A change inside of a value is noticed. Requests that change one session at once are merged
 * (changes.ts).
 */
import { inspectAs } from "../utils/inspect-as.ts";
import type { MaybePromise } from "../utils/maybe-promise.ts";
import { EXPIRY_KEY, expiryAge, expiryTime, formatExpiry } from "./expiry.ts";
import type { SessionKeeper } from "./keeper.ts";
import type { SessionData, SessionKey, SessionValue } from "./session-data.ts";
import { type SessionClient, SessionState } from "./session-state.ts";

/** What a site tells its sessions. */
export interface SessionOptions {
  /** SESSION_COOKIE_AGE, in seconds. */
  readonly cookieAge: number;
  /** SESSION_EXPIRE_AT_BROWSER_CLOSE. */
  readonly expireAtBrowserClose: boolean;
}

export interface ExpiryOptions {
  /** When the session was changed last. @default now */
  readonly modification?: Date;
  /** Instead of what `setExpiry` was given. */
  readonly expiry?: number | Date | null;
}

const TEST_COOKIE = "testcookie";

export class Session implements Iterable<[key: string, value: unknown]> {
  static {
    // Looking must not load it, and the key is nobody's business.
    inspectAs<Session>(this, (session) => `<Session${session.modified ? ", modified" : ""}>`);
  }

  readonly #keeper: SessionKeeper;
  readonly #options: SessionOptions;
  readonly #client: SessionClient;
  /** Made on first use: most requests do not look at their session. */
  #known: SessionState | undefined;

  constructor(keeper: SessionKeeper, options: SessionOptions, client: SessionClient) {
    this.#keeper = keeper;
    this.#options = options;
    this.#client = client;
  }

  /** What the cookie says, or will say; `undefined` for a session that was not saved yet. */
  get sessionKey(): string | undefined {
    return this.#state.key;
  }

  /** Data was looked at, so that the response depends on the cookie. May be set. */
  get accessed(): boolean {
    return this.#known?.accessed ?? false;
  }

  set accessed(accessed: boolean) {
    this.#state.accessed = accessed;
  }

  /** Whether there is something to save. May be set. */
  get modified(): boolean {
    return this.#known?.modified ?? false;
  }

  set modified(modified: boolean) {
    this.#state.modified = modified;
  }

  /** Whether it was saved in this request. */
  get isSaved(): boolean {
    return this.#known?.isSaved ?? false;
  }

  get<Key extends SessionKey>(key: Key): SessionValue<Key> | undefined;
  get<Key extends SessionKey, Default>(key: Key, fallback: Default): SessionValue<Key> | Default;
  get(key: string, fallback?: unknown): unknown {
    const data = this.#state.opened();
    return data.has(key) ? this.#state.share(data.get(key)) : fallback;
  }

  set<Key extends SessionKey>(key: Key, value: SessionValue<Key>): this;
  set(key: string, value: unknown): this {
    this.#state.opened().set(key, value);
    this.#state.changed().replaced(key);
    this.#state.share(value);
    return this;
  }

  /**
   * Gives the key the value that `update` makes of the one before (`undefined` when there is none). When another request
   * has changed the session meanwhile, `update` is called again with that value: nothing of either is lost. It must not
   * have effects elsewhere.
   */
  change<Key extends SessionKey>(
    key: Key,
    update: (value: SessionValue<Key> | undefined) => SessionValue<Key> | undefined,
  ): this;
  change(key: string, update: (value: unknown) => unknown): this {
    const data = this.#state.opened();
    const value = update(data.get(key));
    if (value === undefined) data.delete(key);
    else data.set(key, value);
    this.#state.changed().updated(key, update);
    return this;
  }

  has(key: SessionKey): boolean {
    return this.#state.opened().has(key);
  }

  /** True when there was such a key. */
  delete(key: SessionKey): boolean {
    const existed = this.#state.opened().delete(key);
    if (existed) this.#state.changed().replaced(key);
    return existed;
  }

  /** Deletes the key and returns its value. */
  pop<Key extends SessionKey>(key: Key): SessionValue<Key> | undefined;
  pop<Key extends SessionKey, Default>(key: Key, fallback: Default): SessionValue<Key> | Default;
  pop(key: string, fallback?: unknown): unknown {
    const value = this.#state.opened().get(key);
    return this.delete(key) ? value : fallback;
  }

  /** The value of the key, which is `value` from now on when there was none. */
  setDefault<Key extends SessionKey>(key: Key, value: SessionValue<Key>): SessionValue<Key>;
  setDefault(key: string, value: unknown): unknown {
    if (!this.has(key)) this.change(key, (other) => (other === undefined ? value : other));
    return this.get(key);
  }

  update(values: Partial<SessionData> & Readonly<Record<string, unknown>>): this {
    for (const [key, value] of Object.entries(values)) this.set(key, value);
    return this;
  }

  get size(): number {
    return this.#state.opened().size;
  }

  keys(): MapIterator<string> {
    return this.#state.opened().keys();
  }

  values(): MapIterator<unknown> {
    return this.#state.share(this.#state.opened()).values();
  }

  entries(): MapIterator<[key: string, value: unknown]> {
    return this.#state.share(this.#state.opened()).entries();
  }

  [Symbol.iterator](): MapIterator<[key: string, value: unknown]> {
    return this.entries();
  }

  /** No key and no data. */
  isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  /** Deletes the data; the session and its key stay. */
  clear(): void {
    this.#state.opened().clear();
    this.#state.changed().cleared();
  }

  /** Ends the session: data, record and cookie are deleted. For a logout. */
  flush(): void {
    this.#state.flush();
  }

  /** Keeps the data under a new key: who knew the old one is out. For a login. */
  cycleKey(): void {
    this.#state.cycleKey();
  }

  /** Seconds, a date, 0 for "until the browser is closed", `null` for SESSION_COOKIE_AGE again. */
  setExpiry(expiry: number | Date | null): void {
    if (expiry === null) this.delete(EXPIRY_KEY);
    else this.set(EXPIRY_KEY, expiry instanceof Date ? formatExpiry(expiry) : expiry);
  }

  /** How long it lives when nobody changes it any more, in seconds. */
  getExpiryAge(options: ExpiryOptions = {}): number {
    return expiryAge(...this.#expiryOf(options));
  }

  getExpiryDate(options: ExpiryOptions = {}): Date {
    return new Date(expiryTime(...this.#expiryOf(options)));
  }

  getExpireAtBrowserClose(): boolean {
    const expiry = this.get(EXPIRY_KEY);
    return expiry === undefined ? this.#options.expireAtBrowserClose : expiry === 0;
  }

  /** To find out, with the next request, whether the browser takes cookies. */
  setTestCookie(): void {
    this.set(TEST_COOKIE, "worked");
  }

  testCookieWorked(): boolean {
    return this.get(TEST_COOKIE) === "worked";
  }

  deleteTestCookie(): void {
    this.delete(TEST_COOKIE);
  }

  /** Reads the data, where it was not read yet. Only asynchronous engines need it, and only outside of the middleware. */
  load(): MaybePromise<void> {
    return this.#state.load();
  }

  /** Stores data and key. The middleware does it at the end of a request, when there is something to save. */
  save(): MaybePromise<void> {
    return this.#state.save();
  }

  /** Deletes the records of what was flushed; `save` does it too. */
  deleteFlushed(): MaybePromise<void> {
    return this.#state.deleteLeft();
  }

  get #state(): SessionState {
    this.#known ??= new SessionState(this.#keeper, this.#client);
    return this.#known;
  }

  #expiryOf(options: ExpiryOptions): [expiry: unknown, cookieAge: number, modified: number] {
    const { expiry, modification } = options;
    return [
      expiry === undefined ? this.get(EXPIRY_KEY) : expiry,
      this.#options.cookieAge,
      modification?.getTime() ?? Date.now(),
    ];
  }
}
