/**
 * The self-made certificate, kept so that whoever has trusted it need not do so again.
 *
 * Layer 10 (cli). Two files in the user's cache folder, readable by nobody else: certificate and key in one, for us, so that
 * they always fit; and the certificate alone, for whoever is to trust it.
 */
import { X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TlsCredentials } from "../../wsgiserver/tls-gate.ts";
import { makeCertificate } from "./certificate.ts";

/** Renewed when it has less than this left, in milliseconds. */
const RENEW_BEFORE = 14 * 24 * 60 * 60 * 1000;

export interface CachedCertificate {
  readonly credentials: TlsCredentials;
  /** The certificate alone. */
  readonly file: string;
}

/** The one that is kept in `folder`, or a new one if there is none that is still good at `now` (in milliseconds). */
export async function cachedCertificate(folder: string, now: number): Promise<CachedCertificate> {
  const file = join(folder, "localhost.crt");
  const both = join(folder, "localhost.pem");
  const known = parse(await readText(both));
  if (known !== undefined && isGood(known.cert, now)) {
    // Somebody has removed it, or two servers that made one each at the same time have mixed them up.
    if ((await readText(file)) !== known.cert) await replaceFile(file, known.cert);
    return { credentials: known, file };
  }
  const credentials = await makeCertificate(now);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replaceFile(both, `${credentials.cert}${credentials.key}`);
  await replaceFile(file, credentials.cert);
  return { credentials, file };
}

async function readText(path: string): Promise<string> {
  return await readFile(path, "latin1").catch(() => "");
}

function parse(text: string): TlsCredentials | undefined {
  const cert = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\s*/.exec(text)?.[0];
  const key = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----\s*/.exec(text)?.[0];
  return cert === undefined || key === undefined ? undefined : { cert, key };
}

function isGood(cert: string, now: number): boolean {
  try {
    const { validFromDate, validToDate } = new X509Certificate(cert);
    return validFromDate.getTime() <= now && validToDate.getTime() - now > RENEW_BEFORE;
  } catch {
    return false;
  }
}

/** Whole or not at all, since two servers may start at the same time. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}
