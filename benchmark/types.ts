/**
 * What typed routes cost the compiler: `npm run benchmark:types [-- ROUNDS [WHAT]]`.
 *
 * Writes projects into a temporary folder, each with a view per route that reverses another route, and runs
 * `tsc` over them: with no routes, with 100, and with 1,000 in three shapes; or only those whose description has WHAT.
 * Prints the fastest of the rounds: others on the machine only ever make it slower.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

/** Each kind of route, and what its parameters are given as. */
const KINDS: readonly (readonly [route: string, params: string])[] = [
  ["<int:pk>/edit/", "{ pk: 1 }"],
  ["<slug:title>/<int:pk>/", '{ title: "a", pk: 1 }'],
  ["plain/", ""],
  ["<int:year>/<int:month>/<path:rest>", '{ year: 1, month: 2, rest: "a" }'],
  [":id{/:page}/", '{ id: "a" }'],
];
const ROUTES_PER_INCLUDE = 50;

interface Shape {
  readonly what: string;
  readonly routes: number;
  readonly nested: boolean;
  /** Written after the list of patterns. */
  readonly suffix: string;
}

const SHAPES: readonly Shape[] = [
  { what: "no routes", routes: 0, nested: false, suffix: " as const" },
  { what: "100 routes, nested", routes: 100, nested: true, suffix: " as const" },
  { what: "1,000 routes, nested", routes: 1000, nested: true, suffix: " as const" },
  { what: "1,000 routes, one list", routes: 1000, nested: false, suffix: " as const" },
  { what: "the same without `as const`", routes: 1000, nested: false, suffix: "" },
];

/** The name of a route, and what its include captures. */
function nameOf(route: number, { nested }: Shape): [name: string, above: string] {
  return nested
    ? [`part${Math.floor(route / ROUTES_PER_INCLUDE)}:inner:r${route}`, 'tenant: "a"']
    : [`r${route}`, ""];
}

/** The view of a route: it sends the browser on, or answers with the URL of another route. */
function viewSource(route: number, shape: Shape): string {
  const target = (route + 7) % shape.routes;
  const [name, above] = nameOf(target, shape);
  const own = KINDS[target % KINDS.length]?.[1] ?? "";
  const params = [above, own.slice(1, -1).trim()].filter((part) => part !== "").join(", ");
  const args = params === "" ? `"${name}"` : `"${name}", { ${params} }`;
  const result = route % 2 === 0 ? `redirect(${args})` : `new HttpResponse(reverse(${args}))`;
  return `export function v${route}(_request: HttpRequest) { return ${result}; }`;
}

function patternSource(route: number): string {
  const [text] = KINDS[route % KINDS.length] ?? [""];
  return `  path("r${route}/${text}", views.v${route}, { name: "r${route}" }),`;
}

/** `urls.ts`: one list, or includes of includes with a parameter in their prefix. */
function urlsSource(shape: Shape): string {
  const all = Array.from({ length: shape.routes }, (_, route) => patternSource(route));
  const parts = Array.from({ length: Math.ceil(shape.routes / ROUTES_PER_INCLUDE) }, (_, part) =>
    all.slice(part * ROUTES_PER_INCLUDE, (part + 1) * ROUTES_PER_INCLUDE),
  );
  const lists = parts.map(
    (lines, part) => `const part${part} = [\n${lines.join("\n")}\n]${shape.suffix};`,
  );
  const includes = parts.map(
    (_, part) =>
      `  path("<slug:tenant>/part${part}/", include([path("inner/", include(part${part}, { namespace: "inner" }))], { namespace: "part${part}" })),`,
  );
  return [
    'import { include, path } from "minorswing/urls";',
    'import * as views from "./views.ts";',
    ...(shape.nested ? lists : []),
    `export const urlpatterns = [\n${(shape.nested ? includes : all).join("\n")}\n]${shape.suffix};`,
    'declare module "minorswing/urls" { interface Register { urlpatterns: typeof urlpatterns } }',
  ].join("\n");
}

function viewsSource(shape: Shape): string {
  return [
    'import { type HttpRequest, HttpResponse } from "minorswing/http";',
    'import { redirect } from "minorswing/shortcuts";',
    'import { reverse } from "minorswing/urls";',
    ...Array.from({ length: shape.routes }, (_, route) => viewSource(route, shape)),
  ].join("\n");
}

function writeProject(folder: string, shape: Shape): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(ROOT, join(folder, "node_modules", "minorswing"));
  symlinkSync(join(ROOT, "node_modules", "@types"), join(folder, "node_modules", "@types"));
  const options = {
    extends: join(ROOT, "example-project", "tsconfig.json"),
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts"],
  };
  const settings =
    'import { defineSettings } from "minorswing/conf";\n' +
    'export default defineSettings({ SECRET_KEY: "x", ROOT_URLCONF: () => import("./urls.ts") });';
  const files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify(options),
    "settings.ts": settings,
    "urls.ts": urlsSource(shape),
    "views.ts": viewsSource(shape),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

interface Figures {
  readonly seconds: number;
  readonly mebibytes: number;
  readonly instantiations: number;
}

/** One run of the compiler. Throws with its output when the project does not compile. */
function compile(folder: string): Figures {
  const start = performance.now();
  const output = execFileSync(process.execPath, [TSC, "-p", folder, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  const figure = (label: string): number =>
    Number(new RegExp(`^${label}:\\s+(\\d+)`, "m").exec(output)?.[1]);
  return {
    seconds,
    mebibytes: figure("Memory used") / 1024,
    instantiations: figure("Instantiations"),
  };
}

const [, , rounds = "3", wanted = ""] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "minorswing-types-"));
try {
  for (const [index, shape] of SHAPES.entries()) {
    if (!shape.what.includes(wanted)) continue;
    const project = join(folder, `project${index}`);
    writeProject(project, shape);
    const runs = Array.from({ length: Number(rounds) }, () => compile(project));
    const seconds = Math.min(...runs.map((run) => run.seconds)).toFixed(2);
    const memory = Math.min(...runs.map((run) => run.mebibytes)).toFixed(0);
    console.log(
      `${shape.what.padEnd(28)} ${seconds} s  ${memory.padStart(4)} MiB  ${runs[0]?.instantiations} instantiations`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
