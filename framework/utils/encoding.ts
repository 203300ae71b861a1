/**
 * Between bytes-as-latin-1 (what WSGI carries), text, and percent-escapes.
 *
 * Layer 0. Pure. Source: Django utils/encoding.py (`repercent_broken_unicode`, `escape_uri_path`, `iri_to_uri`),
 * utils/http.py (`escape_leading_slashes`).
 */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as latin-1 → text. Bytes that are no UTF-8 stay visible as percent-escapes: `caf\xE9` → `caf%E9`. */
export function decodePath(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, "latin1");
  let text = "";
  for (let position = 0; position < bytes.length;) {
    const length = utf8SequenceLength(bytes, position);
    if (length === 0) text += percentEscape(bytes[position++] ?? 0);
    else text += bytes.toString("utf8", position, (position += length));
  }
  return text;
}

/** Bytes as latin-1 → text: in the encoding (UTF-8, if not said) where it is valid, else what latin-1 makes of it. */
export function decodeText(latin1: string, encoding = "utf-8"): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const decoder =
    encoding === "utf-8" ? strictUtf8 : new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(Buffer.from(latin1, "latin1"));
  } catch {
    return latin1;
  }
}

/** A decoded path → what may stand in a URL before the `?`. Keeps `/:@&+$,-_.!~*'()`. */
export function escapeUriPath(path: string): string {
  return encodeURI(path.toWellFormed()).replaceAll(/[;=?#]/g, (character) =>
    percentEscape(character.charCodeAt(0)),
  );
}

/** Percent-escapes → bytes as latin-1: `%41` → `A`. Escapes that are none stay. */
export function unquoteToLatin1(text: string): string {
  if (!text.includes("%")) return text;
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Text with non-ASCII characters → a URI. What is escaped already stays as it is. */
export function iriToUri(iri: string): string {
  return encodeURI(iri.toWellFormed())
    .replaceAll("%25", "%")
    .replaceAll(/%5[BD]/g, (escape) => (escape === "%5B" ? "[" : "]"));
}

/** A path that starts with `//` would be another site's URL in a redirect: `//x` → `/%2Fx`. */
export function escapeLeadingSlashes(url: string): string {
  return url.startsWith("//") ? `/%2F${url.slice(2)}` : url;
}

/** One byte as `%XX`. */
export function percentEscape(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Length in bytes of the valid UTF-8 sequence at `start`, 0 when there is none (RFC 3629 section 4). */
function utf8SequenceLength(bytes: Buffer, start: number): number {
  const lead = bytes[start] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || start + length > bytes.length) return 0;
  try {
    strictUtf8.decode(bytes.subarray(start, start + length));
    return length;
  } catch {
    return 0;
  }
}
