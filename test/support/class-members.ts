/**
 * What a class declares, read from its source: fields exist only in instances, and some of those need a socket.
 */
import { readFileSync } from "node:fs";

export interface Member {
  readonly name: string;
  /** It replaces what a base class declares. */
  readonly isOverride: boolean;
}

const MODIFIERS = "static|override|readonly|abstract|protected|async|get|set";
const MEMBER = new RegExp(`^  ((?:(?:${MODIFIERS}) )*)\\*?([a-zA-Z]\\w*)(?:[<(:?!;]| =)`);

/** The public and protected members of an exported class, static ones included; no constructor, no symbols. */
export function membersOf(file: string, className: string): Member[] {
  const source = readFileSync(file, "utf8");
  const start = new RegExp(`^export (?:abstract )?class ${className}\\b`, "m").exec(source)?.index;
  if (start === undefined) throw new Error(`${file} exports no class ${className}`);
  const body = source.slice(source.indexOf("{\n", start), source.indexOf("\n}\n", start));
  const members = new Map<string, Member>();
  for (const line of body.split("\n").slice(1)) {
    const [, modifiers = "", name = ""] = MEMBER.exec(line) ?? [];
    if (name === "" || name === "constructor" || name === "declare") continue;
    members.set(name, { name, isOverride: modifiers.includes("override ") });
  }
  return [...members.values()];
}
