/**
 * What a site keeps in its sessions, as types.
 *
 * Layer 5 (sessions). Types only.
 */

/**
 * The keys of a site's sessions and what is under them, by declaration merging:
 * `declare module "minorswing/sessions" { interface SessionData { basket: number[] } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- empty until somebody merges into it
export interface SessionData {}

/** A declared key, or any other. */
// oxlint-disable-next-line typescript/no-redundant-type-constituents -- never until somebody merges into SessionData
export type SessionKey = Extract<keyof SessionData, string> | (string & {});

/** What is under a key: its declared type, else `unknown`. */
export type SessionValue<Key> = Key extends keyof SessionData ? SessionData[Key] : unknown;
