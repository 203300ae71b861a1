/**
 * What a supervisor and its children say to each other.
 *
 * Layer 1 (autoreload). Types and names only. A child is first a standby (it has booted, and knows nothing of the project),
 * then loads, then serves, then retires.
 */

/** What a child can do before it has to load, going by what the one before has loaded. */
export interface Preparation {
  /** What the project imports of packages, as URLs. */
  readonly dependencies: readonly string[];
  /** Local variables of errors are collected. */
  readonly locals: boolean;
}

/** What a child has learned of the project that it loaded. All paths are absolute. */
export interface LoadReport {
  /** False when the project does not load: every request is answered with the reason. */
  readonly ok: boolean;
  /** The project's own modules; `undefined` when nobody has seen them. */
  readonly modules: readonly string[] | undefined;
  /** For the next standby. */
  readonly next: Preparation;
  /** Folders whose files are read at each use: a change needs no new child. */
  readonly templates: readonly string[];
  readonly statics: readonly string[];
}

/** Files that changed and need no new child. */
export interface AssetChange {
  readonly kind: "static" | "template";
  readonly paths: readonly string[];
}

export type ChildMessage =
  | { readonly type: "loaded"; readonly report: LoadReport }
  /** Imported while it serves. */
  | { readonly type: "module"; readonly path: string }
  /** It accepts connections; so many waited for it. */
  | { readonly type: "accepting"; readonly waited: number }
  /** It reads the terminal. */
  | { readonly type: "terminal" }
  /** It accepts no more. */
  | { readonly type: "retired" }
  /** Comes with a connection that is between two requests, and what was read of it (base64). */
  | { readonly type: "connection"; readonly unread: string };

export type SupervisorMessage =
  /** Do this while nobody waits. */
  | { readonly type: "boot"; readonly preparation: Preparation }
  | { readonly type: "load" }
  | { readonly type: "accept" }
  | { readonly type: "assets"; readonly change: AssetChange }
  /** Accept no more, pass idle connections on, finish what was begun, exit. */
  | { readonly type: "retire" }
  /** Accept no more, finish, exit. */
  | { readonly type: "stop" }
  | { readonly type: "connection"; readonly unread: string };

/** "Start me again": the exit code by which a child asks for a reload, as in Django. */
export const RELOAD_EXIT_CODE = 3;

/** Set in the child's environment: the descriptor of the listening socket. */
export const LISTEN_FD_VARIABLE = "MINORSWING_LISTEN_FD";

/** Which descriptor that is: 0 to 2 are the terminal's, 3 is the channel between the two. */
export const LISTEN_FD = 4;
