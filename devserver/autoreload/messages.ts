/**
 * What a supervisor and its child say to each other.
 *
 * Layer 1 (autoreload). Types and names only.
 */

/** From the child. `ready`: it accepts connections (and answers with an error page where the project does not load). */
export interface ChildMessage {
  readonly type: "ready";
}

/** To the child. `retire`: stop accepting, finish, exit with code 3. `stop`: the same, exit with code 0. */
export interface SupervisorMessage {
  readonly type: "retire" | "stop";
}

/** "Start me again": the exit code by which a child asks for a reload, as in Django. */
export const RELOAD_EXIT_CODE = 3;

/** Set in the child's environment: the descriptor of the listening socket. */
export const LISTEN_FD_VARIABLE = "MINORSWING_LISTEN_FD";

/** Which descriptor that is: 0 to 2 are the terminal's, 3 is the channel between the two. */
export const LISTEN_FD = 4;
