/**
 * Development servers that reload, each with a small site that says which generation of its code answers.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { honestRequest, sleep } from "./client.ts";

const ROOT = join(import.meta.dirname, "..", "..");

export interface Contender {
  readonly name: string;
  readonly isInstalled: boolean;
  /** Writes the site into `folder`. */
  write(folder: string): Promise<void>;
  /** The file that a save changes, and its text. */
  save(generation: number): readonly [file: string, text: string];
  /** What serves the site. */
  command(port: number): readonly [program: string, ...args: string[]];
}

const project: Contender = {
  name: "minorswing",
  isInstalled: true,
  async write(folder) {
    await cp(join(ROOT, "example-project"), folder, { recursive: true });
    await mkdir(join(folder, "node_modules"), { recursive: true });
    await symlink(ROOT, join(folder, "node_modules", "minorswing"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    const urls = join(folder, "urls.ts");
    const text = await readFile(urls, "utf8");
    await writeFile(
      urls,
      `import { probe, slow } from "./probe.ts";\n${text.replace(
        "export const urlpatterns = [",
        'export const urlpatterns = [\n  path("probe/", probe),\n  path("slow/", slow),',
      )}`,
    );
  },
  save: (generation) => [
    "probe.ts",
    `import { type HttpRequest, HttpResponse } from "minorswing/http";
export function probe(request: HttpRequest): HttpResponse {
  return new HttpResponse(\`${generation} \${request.GET.get("id")}\`);
}
export async function slow(): Promise<HttpResponse> {
  await new Promise((resolve) => setTimeout(resolve, 700));
  return new HttpResponse("${generation} slow");
}
`,
  ],
  command: (port) => [
    process.execPath,
    "--conditions=source",
    join(ROOT, "devserver/cli/entry.ts"),
    "runserver",
    `127.0.0.1:${port}`,
  ],
};

function plainSite(generation: number): readonly [file: string, text: string] {
  return [
    "server.ts",
    `import { createServer } from "node:http";
createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const send = (text: string) => response.writeHead(200, { "Content-Length": text.length }).end(text);
  if (url.pathname === "/slow/") setTimeout(() => send("${generation} slow"), 700);
  else send(\`${generation} \${url.searchParams.get("id")}\`);
}).listen(Number(process.env.PORT), "127.0.0.1");
`,
  ];
}

const nodeWatch: Contender = {
  name: "node --watch",
  isInstalled: true,
  write: (folder) => writeFile(join(folder, "package.json"), '{ "type": "module" }'),
  save: plainSite,
  command: () => [process.execPath, "--watch", "server.ts"],
};

const TSX = join(ROOT, "node_modules/tsx/dist/cli.mjs");

const tsxWatch: Contender = {
  ...nodeWatch,
  name: "tsx watch",
  isInstalled: existsSync(TSX),
  command: () => [process.execPath, TSX, "watch", "server.ts"],
};

const django: Contender = {
  name: "Django runserver",
  isInstalled: spawnSync("python3", ["-c", "import django"]).status === 0,
  write: () => Promise.resolve(),
  save: (generation) => [
    "reloading_site.py",
    `import sys, time
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
def probe(request):
    return HttpResponse("${generation} " + request.GET.get("id", ""))
def slow(request):
    time.sleep(0.7)
    return HttpResponse("${generation} slow")
urlpatterns = [path("", probe), path("probe/", probe), path("slow/", slow)]
settings.configure(DEBUG=True, SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"])
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
`,
  ],
  command: (port) => ["python3", "reloading_site.py", "runserver", `127.0.0.1:${port}`],
};

export const CONTENDERS: readonly Contender[] = [project, nodeWatch, tsxWatch, django];

/** A contender that serves. Disposing ends it and all it has started. */
export class RunningContender implements AsyncDisposable {
  readonly port: number;
  readonly #contender: Contender;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(contender: Contender, folder: string, port: number) {
    this.port = port;
    this.#contender = contender;
    this.#folder = folder;
    const [program, ...args] = contender.command(port);
    // A group of its own, so that it can be ended with its children.
    this.#process = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, PORT: String(port) },
      stdio: "ignore",
      detached: true,
    });
  }

  static async start(contender: Contender): Promise<RunningContender> {
    const folder = await mkdtemp(join(tmpdir(), "reload-"));
    await contender.write(folder);
    await saveIn(folder, contender, 1);
    const running = new RunningContender(contender, folder, await freePort());
    await running.#untilServing();
    return running;
  }

  async save(generation: number): Promise<void> {
    await saveIn(this.#folder, this.#contender, generation);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { pid } = this.#process;
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
    await sleep(100);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #untilServing(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      try {
        await honestRequest(this.port);
        // Whoever watches files may need a moment longer than whoever serves.
        await sleep(1500);
        return;
      } catch {
        await sleep(100);
      }
    }
    throw new Error(`${this.#contender.name} does not serve`);
  }
}

async function saveIn(folder: string, contender: Contender, generation: number): Promise<void> {
  const [file, text] = contender.save(generation);
  await writeFile(join(folder, file), text);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
