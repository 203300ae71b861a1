/**
 * What a session knows of itself: its key, its data, what of it has changed, and how it gets here and away again.
 *
 * Layer 5 (sessions). Nothing is read before it is asked for. No `async` here: an engine that does not wait is not
 * waited for. Errors: those of session.ts.
 */
import { formatJson } from "../signing/json.ts";
import { isPromise, type MaybePromise, whenReady } from "../utils/maybe-promise.ts";
import { SessionChanges } from "./changes.ts";
import type { SessionMap } from "./codec.ts";
import { SessionNotLoaded } from "./exceptions.ts";
import type { LoadedSession, SavedSession, SessionKeeper } from "./keeper.ts";

/** Whose session it is. */
export interface SessionClient {
  /** What the session cookie says. */
  cookie(): string | undefined;
  /** Hears of data that cannot be read, and of a value that is lost. */
  warn(message: string): void;
}

export class SessionState {
  accessed = false;
  /** Whether it was stored in this request. */
  isSaved = false;
  readonly #keeper: SessionKeeper;
  readonly #client: SessionClient;
  #isKeyKnown = false;
  #key: string | undefined;
  #newKey: string | undefined;
  /** Keys that were flushed. */
  #left: string[] = [];
  #data: SessionMap | undefined;
  #text: string | undefined;
  #changes: SessionChanges | undefined;
  #modified = false;
  /** Somebody holds an object that is part of the data. */
  #isShared = false;
  /** The data in JSON, from before it was shared. */
  #before: string | undefined;

  constructor(keeper: SessionKeeper, client: SessionClient) {
    this.#keeper = keeper;
    this.#client = client;
  }

  get key(): string | undefined {
    return this.#newKey ?? this.#oldKey;
  }

  get isEmpty(): boolean {
    return this.key === undefined && (this.#data?.size ?? 0) === 0;
  }

  get modified(): boolean {
    return this.#modified || this.#isChangedInside();
  }

  set modified(modified: boolean) {
    this.#modified = modified;
    if (!modified) this.#remember();
  }

  /** The data, for whoever looks at it. */
  opened(): SessionMap {
    this.accessed = true;
    if (this.#data === undefined && isPromise(this.load())) throw new SessionNotLoaded();
    this.#data ??= new Map();
    return this.#data;
  }

  /** Where a change is to be noted. */
  changed(): SessionChanges {
    this.accessed = true;
    this.#modified = true;
    this.#changes ??= new SessionChanges();
    return this.#changes;
  }

  /** A value that can be changed without us is watched from now on. */
  share<Value>(value: Value): Value {
    if (typeof value !== "object" || value === null) return value;
    this.#isShared = true;
    if (!this.#modified) this.#before ??= toJson(this.#data);
    return value;
  }

  flush(): void {
    if (this.#oldKey !== undefined) this.#left.push(this.#oldKey);
    this.#key = undefined;
    this.#newKey = undefined;
    this.#data = new Map();
    this.#text = undefined;
    this.changed().forget();
  }

  cycleKey(): void {
    this.opened();
    this.#newKey = this.#keeper.createKey();
    this.changed();
  }

  load(): MaybePromise<void> {
    if (this.#data !== undefined) return undefined;
    const key = this.#oldKey;
    const loaded = key === undefined ? undefined : this.#keeper.load(key);
    return whenReady(loaded, (session) => this.#receive(session));
  }

  save(): MaybePromise<void> {
    return whenReady(this.load(), () => whenReady(this.deleteLeft(), () => this.#store()));
  }

  deleteLeft(): MaybePromise<void> {
    const key = this.#left.pop();
    if (key === undefined) return undefined;
    return whenReady(this.#keeper.delete(key), () => this.deleteLeft());
  }

  get #oldKey(): string | undefined {
    if (!this.#isKeyKnown) {
      const cookie = this.#client.cookie();
      this.#key = cookie !== undefined && this.#keeper.isKey(cookie) ? cookie : undefined;
      this.#isKeyKnown = true;
    }
    return this.#key;
  }

  /** A key that nothing is kept under is not taken over: a client must not choose keys. */
  #receive(loaded: LoadedSession | undefined): void {
    if (loaded === undefined) this.#key = undefined;
    if (loaded?.isCorrupted === true) this.#client.warn("Session data corrupted");
    this.#data = loaded?.data ?? new Map();
    this.#text = loaded?.text;
  }

  #store(): MaybePromise<void> {
    const saved = this.#keeper.save({
      key: this.#key,
      text: this.#text,
      newKey: this.#newKey,
      data: this.#data ?? new Map(),
      merge: (theirs) => this.#merge(theirs),
    });
    return whenReady(saved, (done) => this.#keep(done));
  }

  #merge(theirs: SessionMap): SessionMap {
    const base = this.#text === undefined ? new Map() : this.#keeper.decode(this.#text);
    const changes = this.#changes ?? new SessionChanges();
    const { data, conflicts } = changes.merge(base, this.#data ?? new Map(), theirs);
    if (conflicts.length > 0)
      this.#client.warn(
        `Two requests changed the same session data at once; of ${conflicts.join(", ")} the value that was saved last is kept`,
      );
    return data;
  }

  #keep({ key, data, text }: SavedSession): void {
    this.#key = key;
    this.#newKey = undefined;
    this.#data = data;
    this.#text = text;
    this.#changes?.forget();
    this.#modified = false;
    this.#remember();
    this.isSaved = true;
  }

  #remember(): void {
    this.#before = this.#isShared ? toJson(this.#data) : undefined;
  }

  #isChangedInside(): boolean {
    return this.#before !== undefined && this.#before !== toJson(this.#data);
  }
}

function toJson(data: SessionMap = new Map()): string {
  return formatJson(Object.fromEntries(data));
}
