/**
 * Settings: What makes working on a site pleasant. They mean something to `devserver runserver` only.
 *
 * Layer 4 (conf). Django has no counterpart.
 */
import { BOOLEAN, type Checks } from "../check-kinds.ts";

export interface DevelopmentSettings {
  /** With DEBUG, pages reload by themselves when the site changes. @default true */
  readonly LIVE_RELOAD: boolean;
}

export const DEVELOPMENT_DEFAULTS: DevelopmentSettings = {
  LIVE_RELOAD: true,
};

export const DEVELOPMENT_CHECKS: Checks<DevelopmentSettings> = {
  LIVE_RELOAD: BOOLEAN,
};
