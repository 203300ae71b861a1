/**
 * Settings: what the pages for errors show while DEBUG is on.
 *
 * Layer 4 (conf). Ours: Django needs no setting for what Python gives away.
 */
import { BOOLEAN, type Checks } from "../check-kinds.ts";

export interface DebuggingSettings {
  /**
   * With DEBUG the development server collects the local variables of the functions that an error was thrown through.
   * @default true
   */
  readonly DEBUG_LOCALS: boolean;
}

export const DEBUGGING_DEFAULTS: DebuggingSettings = {
  DEBUG_LOCALS: true,
};

export const DEBUGGING_CHECKS: Checks<DebuggingSettings> = {
  DEBUG_LOCALS: BOOLEAN,
};
