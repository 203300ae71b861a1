/**
 * System checks of the security middleware and their settings, for `check --deploy`.
 *
 * Layer 6 (middleware). Pure. Ids and texts are Django's. A setting is looked at only where the middleware that obeys it
 * is listed. Source: Django core/checks/security/base.py.
 */
import { type CheckMessage, ErrorMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Middleware, Settings } from "../conf/settings.ts";
import { xFrameOptionsMiddleware } from "./frame-options.ts";
import { securityMiddleware } from "./security.ts";

type Subject = {
  readonly settings: Pick<
    Settings,
    | "MIDDLEWARE"
    | "SECURE_CONTENT_TYPE_NOSNIFF"
    | "SECURE_CROSS_ORIGIN_OPENER_POLICY"
    | "SECURE_REFERRER_POLICY"
    | "X_FRAME_OPTIONS"
  >;
};

/** Add a check of your middleware's settings here: it is run and listed by its tags. */
export const middlewareChecks: readonly Check<Subject>[] = [
  { name: "checkSecurity", tags: ["security"], deploy: true, run: checkSecurity },
  { name: "checkFrameOptions", tags: ["security"], deploy: true, run: checkFrameOptions },
];

/** Source: W3C Referrer Policy, section 3. */
const REFERRER_POLICIES = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
];
/** Source: HTML, section 7.1.3 "Cross-origin opener policies". */
const OPENER_POLICIES = ["same-origin", "same-origin-allow-popups", "unsafe-none"];

/** W001; with the middleware W006, W022, E023, E024. */
export function checkSecurity({ settings }: Subject): CheckMessage[] {
  if (!lists(settings, securityMiddleware)) {
    return [
      new Warning(
        "You do not have securityMiddleware in your MIDDLEWARE so the SECURE_CONTENT_TYPE_NOSNIFF, " +
          "SECURE_REFERRER_POLICY, and SECURE_CROSS_ORIGIN_OPENER_POLICY settings will have no effect.",
        { hint: 'import { securityMiddleware } from "minorswing/middleware"', id: "security.W001" },
      ),
    ];
  }
  return checkNosniff(settings).concat(checkReferrerPolicy(settings), checkOpenerPolicy(settings));
}

/** W002; with the middleware W019. */
export function checkFrameOptions({ settings }: Subject): CheckMessage[] {
  if (!lists(settings, xFrameOptionsMiddleware)) {
    return [
      new Warning(
        "You do not have xFrameOptionsMiddleware in your MIDDLEWARE, so your pages will not be served with an " +
          "'x-frame-options' header. Unless there is a good reason for your site to be served in a frame, you should " +
          "consider enabling this header to help prevent clickjacking attacks.",
        {
          hint: 'import { xFrameOptionsMiddleware } from "minorswing/middleware"',
          id: "security.W002",
        },
      ),
    ];
  }
  if (settings.X_FRAME_OPTIONS === "DENY") return [];
  return [
    new Warning(
      "You have xFrameOptionsMiddleware in your MIDDLEWARE, but X_FRAME_OPTIONS is not set to 'DENY'.",
      {
        hint: "Unless there is a good reason for your site to serve other parts of itself in a frame, you should change it to 'DENY'.",
        id: "security.W019",
      },
    ),
  ];
}

function checkNosniff(settings: Subject["settings"]): CheckMessage[] {
  if (settings.SECURE_CONTENT_TYPE_NOSNIFF) return [];
  return [
    new Warning(
      "Your SECURE_CONTENT_TYPE_NOSNIFF setting is not set to true, so your pages will not be served with an " +
        "'X-Content-Type-Options: nosniff' header.",
      {
        hint: "You should consider enabling this header to prevent the browser from identifying content types incorrectly.",
        id: "security.W006",
      },
    ),
  ];
}

function checkReferrerPolicy({
  SECURE_REFERRER_POLICY: policy,
}: Subject["settings"]): CheckMessage[] {
  if (policy === null) {
    return [
      new Warning(
        "You have not set the SECURE_REFERRER_POLICY setting. Without this, your site will not send a Referrer-Policy header.",
        {
          hint: "You should consider enabling this header to protect user privacy.",
          id: "security.W022",
        },
      ),
    ];
  }
  const isKnown = policy.split(",").every((value) => REFERRER_POLICIES.includes(value.trim()));
  return isKnown
    ? []
    : [invalid("SECURE_REFERRER_POLICY", REFERRER_POLICIES, policy, "security.E023")];
}

function checkOpenerPolicy({
  SECURE_CROSS_ORIGIN_OPENER_POLICY: policy,
}: Subject["settings"]): CheckMessage[] {
  if (policy === null || OPENER_POLICIES.includes(policy)) return [];
  return [invalid("SECURE_CROSS_ORIGIN_OPENER_POLICY", OPENER_POLICIES, policy, "security.E024")];
}

function invalid(
  setting: string,
  possible: readonly string[],
  found: string,
  id: string,
): CheckMessage {
  return new ErrorMessage(
    `You have set the ${setting} setting to an invalid value: ${JSON.stringify(found)}.`,
    { hint: `Valid values are: ${possible.join(", ")}.`, id },
  );
}

function lists({ MIDDLEWARE }: Subject["settings"], middleware: Middleware): boolean {
  return MIDDLEWARE.includes(middleware);
}
