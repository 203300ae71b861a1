/**
 * The middlewares of a full site, in Django's order: what the benchmark runs its "default middlewares" row with, and
 * what the test of promises goes through. Each that the framework gets (session, csrf, messages) is added here.
 */
import type { Middleware } from "minorswing/conf";
import { csrfMiddleware } from "minorswing/csrf";
import { messagesMiddleware } from "minorswing/messages";
import {
  commonMiddleware,
  securityMiddleware,
  xFrameOptionsMiddleware,
} from "minorswing/middleware";
import { sessionMiddleware } from "minorswing/sessions";

export const DEFAULT_MIDDLEWARE: readonly Middleware[] = [
  securityMiddleware,
  sessionMiddleware,
  commonMiddleware,
  csrfMiddleware,
  messagesMiddleware,
  xFrameOptionsMiddleware,
];
