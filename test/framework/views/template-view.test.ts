import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { TemplateContext } from "../../../framework/conf/template-engine.ts";
import { path } from "../../../framework/urls/path.ts";
import { TemplateView } from "../../../framework/views/template-view.ts";
import { type Answer, call, makeApplication } from "../../support/wsgi.ts";

const folder = mkdtempSync(join(tmpdir(), "template-view-"));
writeFileSync(join(folder, "about.html"), "{{ title }} {{ pk }} {{ view.constructor.name }}");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function ask(
  view: ReturnType<typeof TemplateView.asView>,
  method: string = "GET",
): Promise<Answer> {
  const application = await makeApplication([path("<int:pk>/", view)], {
    TEMPLATES: { DIRS: [folder] },
  });
  return await call(application, { path: "/7/", method });
}

describe("TemplateView", () => {
  test("renders its template with the route's parameters and the extra context", async () => {
    const answer = await ask(
      TemplateView.asView({ templateName: "about.html", extraContext: { title: "About" } }),
    );

    expect(answer.status).toBe("200 OK");
    expect(answer.text).toMatch(/^About 7 /);
  });

  test("takes another content type", async () => {
    const view = TemplateView.asView({ templateName: "about.html", contentType: "text/plain" });

    expect((await ask(view)).header("Content-Type")).toBe("text/plain");
  });

  test("takes only GET, HEAD and OPTIONS", async () => {
    const answer = await ask(TemplateView.asView({ templateName: "about.html" }), "POST");

    expect(answer.header("Allow")).toBe("GET, HEAD, OPTIONS");
  });

  test("of a subclass may gather its context asynchronously", async () => {
    class Late extends TemplateView<{ pk: number }> {
      override templateName = "about.html";

      override async getContextData(values: TemplateContext = {}): Promise<TemplateContext> {
        return { ...(await super.getContextData(values)), title: `Late ${this.params.pk}` };
      }
    }
    const application = await makeApplication([path("<int:pk>/", Late.asView())], {
      TEMPLATES: { DIRS: [folder] },
    });

    expect((await call(application, { path: "/7/" })).text).toMatch(/^Late 7 7/);
  });

  test("without a template says what is missing", async () => {
    const answer = await ask(TemplateView.asView());

    expect(answer.status).toMatch(/^500/);
    expect(answer.errors).toContain("TemplateView requires either a 'templateName'");
  });
});
