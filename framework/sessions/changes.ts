/**
 * What one request has changed in its session, so that it can be applied to what another has saved meanwhile.
 *
 * Layer 5 (sessions). Pure. Two requests that change different keys both have their way. Of one key, an update by
 * function is done again on the newer value; of two plain values the later one stays, and the key is reported.
 */
import { formatJson } from "../signing/json.ts";
import { getOrInsert } from "../utils/get-or-insert.ts";
import type { SessionMap } from "./codec.ts";

/** A new value for an old one; `undefined` for a key that is not there, or is to go. Has no other effect. */
export type SessionUpdate = (value: unknown) => unknown;

export interface MergedSession {
  readonly data: SessionMap;
  /** Keys to which the other request has given a value that is lost now. */
  readonly conflicts: readonly string[];
}

export class SessionChanges {
  readonly #updates: Map<string, SessionUpdate[]> = new Map<string, SessionUpdate[]>();
  readonly #replaced: Set<string> = new Set<string>();
  #cleared = false;

  /** The key was given a value, or was deleted, whatever it held. */
  replaced(key: string): void {
    this.#updates.delete(key);
    this.#replaced.add(key);
  }

  /** The value of the key was made from the one before. */
  updated(key: string, update: SessionUpdate): void {
    // What follows on a plain value is plain, too.
    if (this.#replaced.has(key)) return;
    getOrInsert(this.#updates, key, () => []).push(update);
  }

  cleared(): void {
    this.#cleared = true;
  }

  forget(): void {
    this.#updates.clear();
    this.#replaced.clear();
    this.#cleared = false;
  }

  /** `base` is what this request began with, `mine` what it has now, `theirs` what is kept now. */
  merge(base: SessionMap, mine: SessionMap, theirs: SessionMap): MergedSession {
    if (this.#cleared) return { data: mine, conflicts: [] };
    const data = new Map(theirs);
    const conflicts: string[] = [];
    for (const key of new Set([...base.keys(), ...mine.keys()])) {
      const [before, now, other] = [base.get(key), mine.get(key), theirs.get(key)];
      if (isSame(before, now)) continue;
      const updates = this.#updates.get(key);
      put(data, key, updates === undefined ? now : applyAll(updates, other));
      if (updates === undefined && !isSame(before, other) && !isSame(now, other))
        conflicts.push(key);
    }
    return { data, conflicts };
  }
}

function applyAll(updates: readonly SessionUpdate[], value: unknown): unknown {
  let result = value;
  for (const update of updates) result = update(result);
  return result;
}

function put(data: SessionMap, key: string, value: unknown): void {
  if (value === undefined) data.delete(key);
  else data.set(key, value);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return formatJson(one) === formatJson(other);
}
