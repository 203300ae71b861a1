/**
 * From settings to what requests need to know of them.
 *
 * Layer 7 (handlers). Pure.
 */
import type { Settings } from "../conf/settings.ts";
import type { RequestOptions } from "../http/request.ts";
import { getCookieSigner } from "../signing/cookie-signer.ts";

export function requestOptions(settings: Settings): RequestOptions {
  const { SECRET_KEY, SECRET_KEY_FALLBACKS } = settings;
  return {
    debug: settings.DEBUG,
    allowedHosts: settings.ALLOWED_HOSTS,
    forceScriptName: settings.FORCE_SCRIPT_NAME,
    useXForwardedHost: settings.USE_X_FORWARDED_HOST,
    useXForwardedPort: settings.USE_X_FORWARDED_PORT,
    secureProxySslHeader: settings.SECURE_PROXY_SSL_HEADER,
    cookieSigning: {
      signer: (salt) => getCookieSigner(SECRET_KEY, SECRET_KEY_FALLBACKS, salt),
      legacySalt: settings.SIGNED_COOKIE_LEGACY_SALT_FALLBACK,
    },
    maxMemorySize: settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    maxFields: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    maxFiles: settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    fileUploadHandlers: settings.FILE_UPLOAD_HANDLERS,
    fileUploadMaxMemorySize: settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
    fileUploadTempDir: settings.FILE_UPLOAD_TEMP_DIR,
  };
}
