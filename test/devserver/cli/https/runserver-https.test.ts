import { get } from "node:https";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeCertificate } from "../../../../devserver/cli/https/certificate.ts";
import { devserver, makeProject, runserver, viewsSource } from "../../../support/projects.ts";

/** The body, from whoever answers. */
async function ask(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  get(url, { rejectUnauthorized: false, agent: false }, (response) => resolve(text(response))).on(
    "error",
    reject,
  );
  return await promise;
}

describe("runserver --https", () => {
  test.each([
    ["supervised", ["--https"]],
    ["on its own", ["--https", "--noreload"]],
    ["in threads", ["--https", "--threads", "1"]],
  ])("serves %s, with a certificate of its own that it says how to trust", async (_name, flags) => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, flags, { XDG_CACHE_HOME: folder.path });
    await using _stop = server;

    expect(url).toMatch(/^https:/);
    expect(await ask(`${url}/`)).toBe("first");
    expect(server.stdout).toContain(
      `self-made (${join(folder.path, "minorswing", "localhost.crt")})`,
    );
    expect(
      (await fetch(url.replace("https", "http"), { redirect: "manual" })).headers.get("Location"),
    ).toBe(`${url}/`);
  });

  test("answers what was in flight during a reload, and serves the new code after it", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, ["--https"], { XDG_CACHE_HOME: folder.path });
    await using _stop = server;
    const slow = ask(`${url}/slow/`);
    await ask(`${url}/`);

    await folder.write({ "views.ts": viewsSource("second") });
    await server.waitFor(/reloaded in/);

    expect(await ask(`${url}/`)).toBe("second");
    expect(await slow).toBe("slow first");
  });

  test("refuses and cuts no connection that is made while the site is replaced", async () => {
    using folder = await makeProject();
    const { server, url } = await runserver(folder, ["--https"], { XDG_CACHE_HOME: folder.path });
    await using _stop = server;
    const answers = new Set<string>();
    const askOn = async (): Promise<void> => {
      while (!answers.has("second")) answers.add(await ask(`${url}/`));
    };
    const asking = Promise.all([askOn(), askOn(), askOn()]);

    await folder.write({ "views.ts": viewsSource("second") });
    await asking;

    expect([...answers]).toEqual(["first", "second"]);
  });

  test("takes a certificate of the user's, and says nothing of trust then", async () => {
    const { cert, key } = await makeCertificate(Date.now());
    using folder = await makeProject({ "my.crt": cert, "my.key": key });
    const { server, url } = await runserver(folder, ["--cert", "my.crt", "--key", "my.key"]);
    await using _stop = server;

    expect(await ask(`${url}/`)).toBe("first");
    expect(server.stdout).not.toContain("self-made");
  });

  test.each([
    ["a certificate without a key", ["--cert", "my.crt"], /--cert and --key go together/, 2],
    ["files that are not there", ["--cert", "a", "--key", "b"], /cannot be used: ENOENT/, 1],
    [
      "what is no certificate",
      ["--cert", "urls.ts", "--key", "urls.ts"],
      /cannot be used: .*PEM/,
      1,
    ],
    ["--processes", ["--https", "--processes", "2"], /--processes speaks plain HTTP only/, 2],
  ])("says what is wrong with %s", async (_what, flags, message, expected) => {
    using folder = await makeProject();

    const { exitCode, stderr } = await devserver(
      ["runserver", "0", ...flags],
      folder.path,
    ).finish();

    expect(stderr).toMatch(message);
    expect(exitCode).toBe(expected);
  });
});
