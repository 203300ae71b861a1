/** `devserver startapp name [directory]`: writes a new app, and says how the project comes to know it. */
import { basename, relative } from "node:path";
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "../../../framework/management/command.ts";
import { toCamelCase } from "../scaffold/names.ts";
import { scaffold } from "../scaffold/scaffold.ts";
import { VERSION } from "../version.ts";

export const summary = "write a new app into a folder of its name, or into an existing one";
export const usage = "startapp name [directory] [--template FOLDER]";
export const options: ParseArgsOptionsConfig = { template: { type: "string" } };
export const help: Readonly<Record<string, string>> = {
  template: "a folder to copy, instead of minorswing's own: names ending with -tpl are filled in",
};
export const maxPositionals = 2;

/** Returns the exit code. */
export async function run(context: CommandContext): Promise<number> {
  const { cwd, stdout } = context;
  const { name, folder, files } = await scaffold("app", context, (name, folder) => ({
    name,
    camelName: toCamelCase(name),
    version: VERSION,
    settings: importPath(folder, cwd, "settings.ts"),
  }));
  const path = relative(cwd, folder).replaceAll("\\", "/") || basename(folder);
  const patterns = `${toCamelCase(name)}Patterns`;
  stdout.write(
    `App ${name} is in ${path}: ${files.size} files.\n\n` +
      `Add to settings.ts:\n  INSTALLED_APPS: ["${path}"],\n\n` +
      `Add to urls.ts:\n  import { include, path } from "minorswing/urls";\n  import { ${patterns} } from "./${path}/urls.ts";\n` +
      `and to its urlpatterns:\n  path("${name}/", include(${patterns}, { namespace: "${name}" })),\n`,
  );
  return 0;
}

/** How a module in `folder` names a file of `project`. */
function importPath(folder: string, project: string, file: string): string {
  const path = relative(folder, project).replaceAll("\\", "/");
  return path === "" ? `./${file}` : `${path}/${file}`;
}
