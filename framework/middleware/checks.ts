/**
 * System checks of the security middleware and their settings, for `check --deploy`.
 *
 * Layer 6 (middleware). Pure. Ids and texts are Django's. A setting is looked at only where the middleware that obeys it
 * is listed. Policies that there are not (Django's E023, E024) are refused with the settings already.
 * Source: Django core/checks/security/base.py.
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Middleware, Settings } from "../conf/settings.ts";
import { xFrameOptionsMiddleware } from "./frame-options.ts";
import { securityMiddleware } from "./security.ts";

type Subject = {
  readonly settings: Pick<
    Settings,
    | "MIDDLEWARE"
    | "SECURE_CONTENT_TYPE_NOSNIFF"
    | "SECURE_HSTS_INCLUDE_SUBDOMAINS"
    | "SECURE_HSTS_PRELOAD"
    | "SECURE_HSTS_SECONDS"
    | "SECURE_REFERRER_POLICY"
    | "SECURE_SSL_REDIRECT"
    | "X_FRAME_OPTIONS"
  >;
};

/** Add a check of your middleware's settings here: it is run and listed by its tags. */
export const middlewareChecks: readonly Check<Subject>[] = [
  { name: "checkSecurity", tags: ["security"], deploy: true, run: checkSecurity },
  { name: "checkFrameOptions", tags: ["security"], deploy: true, run: checkFrameOptions },
];

/** W001; with the middleware W004, W005, W006, W008, W021, W022. */
function checkSecurity({ settings }: Subject): CheckMessage[] {
  if (!lists(settings, securityMiddleware)) {
    return [
      new Warning(
        "You do not have securityMiddleware in your MIDDLEWARE so the SECURE_HSTS_SECONDS, SECURE_CONTENT_TYPE_NOSNIFF, " +
          "SECURE_REFERRER_POLICY, SECURE_CROSS_ORIGIN_OPENER_POLICY, and SECURE_SSL_REDIRECT settings will have no effect.",
        { hint: 'import { securityMiddleware } from "minorswing/middleware"', id: "security.W001" },
      ),
    ];
  }
  return [
    ...checkStrictTransport(settings),
    ...checkNosniff(settings),
    ...checkSslRedirect(settings),
    ...checkReferrerPolicy(settings),
  ];
}

/** W002; with the middleware W019. */
function checkFrameOptions({ settings }: Subject): CheckMessage[] {
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

function checkReferrerPolicy(settings: Subject["settings"]): CheckMessage[] {
  if (settings.SECURE_REFERRER_POLICY !== null) return [];
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

function checkStrictTransport(settings: Subject["settings"]): CheckMessage[] {
  if (settings.SECURE_HSTS_SECONDS === 0) {
    return [
      new Warning(
        "You have not set a value for the SECURE_HSTS_SECONDS setting. If your entire site is served only over SSL, you " +
          "may want to consider setting a value and enabling HTTP Strict Transport Security.",
        {
          hint: "Enabling it carelessly can cause serious, irreversible problems.",
          id: "security.W004",
        },
      ),
    ];
  }
  const messages: CheckMessage[] = [];
  if (!settings.SECURE_HSTS_INCLUDE_SUBDOMAINS) {
    messages.push(
      new Warning(
        "You have not set the SECURE_HSTS_INCLUDE_SUBDOMAINS setting to true. Without this, your site is potentially " +
          "vulnerable to attack via an insecure connection to a subdomain.",
        {
          hint: "Only set this to true if you are certain that all subdomains of your domain should be served exclusively via SSL.",
          id: "security.W005",
        },
      ),
    );
  }
  if (!settings.SECURE_HSTS_PRELOAD) {
    messages.push(
      new Warning(
        "You have not set the SECURE_HSTS_PRELOAD setting to true. Without this, your site cannot be submitted to the " +
          "browser preload list.",
        { id: "security.W021" },
      ),
    );
  }
  return messages;
}

function checkSslRedirect(settings: Subject["settings"]): CheckMessage[] {
  if (settings.SECURE_SSL_REDIRECT) return [];
  return [
    new Warning("Your SECURE_SSL_REDIRECT setting is not set to true.", {
      hint:
        "Unless your site should be available over both SSL and non-SSL connections, you may want to set it, or " +
        "configure a load balancer or reverse-proxy server to redirect all connections to HTTPS.",
      id: "security.W008",
    }),
  ];
}

function lists({ MIDDLEWARE }: Subject["settings"], middleware: Middleware): boolean {
  return MIDDLEWARE.includes(middleware);
}
