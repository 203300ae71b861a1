/**
 * System checks of settings by themselves, for `check --deploy`.
 *
 * Layer 4 (conf). Pure. Ids and texts are Django's. What needs a middleware stands beside the middleware.
 * Source: Django core/checks/security/base.py.
 */
import { type CheckMessage, Warning } from "../checks/messages.ts";
import type { Check } from "../checks/registry.ts";
import type { Settings } from "./settings.ts";

type Subject = {
  readonly settings: Pick<
    Settings,
    "ALLOWED_HOSTS" | "DEBUG" | "SECRET_KEY" | "SECRET_KEY_FALLBACKS"
  >;
};

/** Add a check of your settings here: it is run and listed by its tags. */
export const settingsChecks: readonly Check<Subject>[] = [
  { name: "checkSecretKey", tags: ["security"], deploy: true, run: checkSecretKey },
  { name: "checkDebug", tags: ["security"], deploy: true, run: checkDebug },
  { name: "checkAllowedHosts", tags: ["security"], deploy: true, run: checkAllowedHosts },
];

const MIN_LENGTH = 50;
const MIN_UNIQUE_CHARACTERS = 5;
/** What `startproject` puts in front of the keys it makes, Django's and ours. */
const INSECURE_PREFIXES = ["django-insecure-", "minorswing-insecure-"];

const SECRET_KEY_WARNING =
  `has less than ${MIN_LENGTH} characters, less than ${MIN_UNIQUE_CHARACTERS} unique characters, or it's prefixed with ` +
  `${INSECURE_PREFIXES.map((prefix) => `'${prefix}'`).join(" or ")} indicating that it was generated automatically. ` +
  "Please generate a long and random value, otherwise many of the security-critical features will be vulnerable to attack.";
const SECRET_KEY_HINT =
  "node --print \"crypto.randomBytes(48).toString('base64url')\" prints one; keep it out of the repository.";

/** W009, W025. */
function checkSecretKey({ settings }: Subject): CheckMessage[] {
  const messages = isStrong(settings.SECRET_KEY) ? [] : [weakKey("SECRET_KEY", "security.W009")];
  for (const [index, key] of settings.SECRET_KEY_FALLBACKS.entries()) {
    if (!isStrong(key)) messages.push(weakKey(`SECRET_KEY_FALLBACKS[${index}]`, "security.W025"));
  }
  return messages;
}

function weakKey(setting: string, id: string): CheckMessage {
  return new Warning(`Your ${setting} ${SECRET_KEY_WARNING}`, { hint: SECRET_KEY_HINT, id });
}

function isStrong(key: string): boolean {
  return (
    key.length >= MIN_LENGTH &&
    new Set(key).size >= MIN_UNIQUE_CHARACTERS &&
    !INSECURE_PREFIXES.some((prefix) => key.startsWith(prefix))
  );
}

/** W018. */
function checkDebug({ settings }: Subject): CheckMessage[] {
  if (!settings.DEBUG) return [];
  return [
    new Warning("You should not have DEBUG set to true in deployment.", {
      hint: "Error pages would show source, settings and requests to everyone.",
      id: "security.W018",
    }),
  ];
}

/** W020. */
function checkAllowedHosts({ settings }: Subject): CheckMessage[] {
  if (settings.ALLOWED_HOSTS.length > 0) return [];
  return [
    new Warning("ALLOWED_HOSTS must not be empty in deployment.", {
      hint: 'Name the hosts that the site answers to: ["example.com", ".example.com"].',
      id: "security.W020",
    }),
  ];
}
