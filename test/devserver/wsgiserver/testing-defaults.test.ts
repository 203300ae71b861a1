import { describe, expect, test } from "vitest";
import {
  CollectedErrors,
  setupTestingDefaults,
} from "../../../devserver/wsgiserver/testing-defaults.ts";
import { validator } from "../../../devserver/wsgiserver/validator.ts";
import { demoApp } from "../../../devserver/wsgiserver/demo-app.ts";

describe("setupTestingDefaults", () => {
  test("makes an environ that the validator has nothing to say about", async () => {
    const environ = setupTestingDefaults();
    let status = "";

    const body = await validator(demoApp)(environ, (found) => {
      status = found;
      return () => undefined;
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    await body.close?.();

    expect(status).toBe("200 OK");
    expect(String(Buffer.concat(chunks))).toContain("REQUEST_METHOD = 'GET'\n");
  });

  test("leaves what is there, and changes the object that it is given", () => {
    const environ = { SERVER_NAME: "h", PATH_INFO: "/x", HTTPS: "on" };

    const whole = setupTestingDefaults(environ);

    expect(whole).toBe(environ);
    expect(whole).toMatchObject({
      SERVER_NAME: "h",
      HTTP_HOST: "h",
      PATH_INFO: "/x",
      SCRIPT_NAME: "",
      SERVER_PORT: "443",
      "wsgi.url_scheme": "https",
    });
  });

  test("has an input that is at its end, and errors that are kept", async () => {
    const environ = setupTestingDefaults();
    const errors = environ["wsgi.errors"];

    errors.write("a");
    errors.write("b");

    expect((await environ["wsgi.input"].read()).byteLength).toBe(0);
    expect((await environ["wsgi.input"].readline()).byteLength).toBe(0);
    for await (const _chunk of environ["wsgi.input"]) throw new Error("there is nothing to read");
    expect(errors instanceof CollectedErrors && errors.text).toBe("ab");
  });
});
