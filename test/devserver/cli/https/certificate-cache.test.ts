import { X509Certificate } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { describe, expect, test } from "vitest";
import { cachedCertificate } from "../../../../devserver/cli/https/certificate-cache.ts";
import { TemporaryFolder } from "../../../support/projects.ts";

const DAY = 24 * 60 * 60 * 1000;

describe("the self-made certificate", () => {
  test("is for this machine's own names, for no longer than browsers take, and signs no other", async () => {
    using folder = new TemporaryFolder();

    const { credentials } = await cachedCertificate(folder.path, Date.now());

    const certificate = new X509Certificate(credentials.cert);
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkIP("::1")).toBe("::1");
    expect(certificate.checkHost("example.com")).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBeLessThan(
      825 * DAY,
    );
    expect(() => createSecureContext(credentials)).not.toThrow();
  });

  test("is kept, where only its user can read it", async () => {
    using folder = new TemporaryFolder();

    const first = await cachedCertificate(join(folder.path, "new"), Date.now());
    const second = await cachedCertificate(join(folder.path, "new"), Date.now());

    expect(second).toEqual(first);
    expect(await readFile(first.file, "latin1")).toBe(first.credentials.cert);
    for (const name of ["localhost.crt", "localhost.pem"])
      expect((await stat(join(folder.path, "new", name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder.path, "new"))).mode & 0o777).toBe(0o700);
  });

  test.each([undefined, "that of another server"])(
    "is there for whoever is to trust it, where its own file was %s",
    async (found) => {
      using folder = new TemporaryFolder();
      const { credentials, file } = await cachedCertificate(folder.path, Date.now());
      if (found === undefined) await rm(file);
      else await writeFile(file, found);

      await cachedCertificate(folder.path, Date.now());

      expect(await readFile(file, "latin1")).toBe(credentials.cert);
    },
  );

  test("is made anew before it ends, and when its file is none", async () => {
    using folder = new TemporaryFolder();
    const { credentials } = await cachedCertificate(folder.path, Date.now());

    const renewed = await cachedCertificate(folder.path, Date.now() + 790 * DAY);
    await writeFile(join(folder.path, "localhost.pem"), "-----BEGIN");
    const repaired = await cachedCertificate(folder.path, Date.now());

    expect(renewed.credentials.cert).not.toBe(credentials.cert);
    expect(repaired.credentials.cert).not.toBe(renewed.credentials.cert);
  });
});
