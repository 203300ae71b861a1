/**
 * Makes a certificate for this machine's own names.
 *
 * Layer 10 (cli). Pure but for randomness and the clock it is given. Source: RFC 5280 section 4; the CA/Browser Forum's and
 * Apple's limit of 825 days, also for certificates that a user trusts.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { TlsCredentials } from "../../wsgiserver/tls-gate.ts";

const DAY = 24 * 60 * 60 * 1000;
const VALID_FOR = 800 * DAY;
/** For clocks that are behind. */
const BACKDATED = DAY;

const NAMES = [
  { type: 2, value: "localhost" },
  { type: 7, ip: "127.0.0.1" },
  { type: 7, ip: "::1" },
];

/** A certificate that vouches for itself; it can sign no other. `now` in milliseconds. */
export async function makeCertificate(now: number): Promise<TlsCredentials> {
  // It is large, and most never need it.
  const { default: forge } = await import("node-forge");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // The first bit is 0: serial numbers are positive.
  certificate.serialNumber = `01${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(now - BACKDATED);
  certificate.validity.notAfter = new Date(now + VALID_FOR - BACKDATED);
  const name = [{ name: "commonName", value: "minorswing on localhost" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    { name: "subjectAltName", altNames: NAMES },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key: privateKey };
}
