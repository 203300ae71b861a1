/**
 * File names as clients send them, made safe to show and to store.
 *
 * Layer 2 (http). Pure. Lengths in characters. Errors: `SuspiciousFileOperation`.
 * Source: Django http/multipartparser.py (`sanitize_file_name`), core/files/uploadedfile.py (`UploadedFile.name`).
 * Differs from Django: of the named entities only the five of XML are decoded.
 */
import { SuspiciousOperation } from "../../exceptions.ts";

/** A file name that could lead out of the folder it is meant for. */
export class SuspiciousFileOperation extends SuspiciousOperation {
  override readonly name = "SuspiciousFileOperation";
  override readonly code = "http.suspicious_file_operation";
}

const LONGEST = 255;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * The bare name out of what a client calls its file; `undefined` when nothing is left, or only `.` or `..`.
 * Browsers send a path (old Internet Explorer) or character references (for what the page's encoding lacks).
 */
export function sanitizeFileName(sent: string): string | undefined {
  const path = unescapeHtml(sent);
  const afterSlash = path.slice(path.lastIndexOf("/") + 1);
  const bare = afterSlash.slice(afterSlash.lastIndexOf("\\") + 1);
  const name = bare.replaceAll(/(?! )[\p{C}\p{Z}]/gu, "").trim();
  return isNoName(name) ? undefined : name;
}

/** The last part of a path, cut to 255 characters in a way that keeps its extension. */
export function checkFileName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (isNoName(name))
    throw new SuspiciousFileOperation(`Could not derive file name from '${path}'`);
  return shorten(name);
}

function isNoName(name: string): boolean {
  return name === "" || name === "." || name === "..";
}

function shorten(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST) return name;
  const dot = characters.lastIndexOf(".");
  const stem = dot > 0 ? dot : characters.length;
  const extension = characters.slice(stem).slice(0, LONGEST);
  return [...characters.slice(0, stem).slice(0, LONGEST - extension.length), ...extension].join("");
}

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#(x[0-9a-f]{1,6}|\d{1,7})|(\w{2,4}));/gi, decodeReference);
}

function decodeReference(whole: string, number: string | undefined, name: string): string {
  if (number === undefined) return ENTITIES[name] ?? whole;
  // What HTML makes of it: anything that is no character becomes U+FFFD.
  const code = Number(/^x/i.test(number) ? `0${number.toLowerCase()}` : number);
  const isCharacter = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
  return String.fromCodePoint(isCharacter ? code : 0xfffd);
}
