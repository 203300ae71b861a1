/**
 * How to make browsers of this machine trust a self-made certificate.
 *
 * Layer 10 (cli). Pure.
 */

/** Two lines or three: where the certificate is, and the command that trusts it. */
export function trustHint(file: string, platform: NodeJS.Platform): string {
  const command = COMMANDS[platform] ?? LINUX;
  return `The certificate is self-made (${file}); browsers ask once, or trust it with\n  ${command(quote(file))}\n`;
}

type TrustCommand = (file: string) => string;

/** Chromium and its kin have a database of their own; `certutil` is in the package libnss3-tools or nss-tools. */
const LINUX: TrustCommand = (file) =>
  `certutil -d sql:$HOME/.pki/nssdb -A -t P,, -n minorswing -i ${file}`;

const COMMANDS: Partial<Record<NodeJS.Platform, TrustCommand>> = {
  darwin: (file) =>
    `security add-trusted-cert -p ssl -k ~/Library/Keychains/login.keychain-db ${file}`,
  win32: (file) => `certutil -user -addstore Root ${file}`,
};

function quote(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
