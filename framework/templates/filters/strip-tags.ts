/**
 * Text without tags. Not a way to make foreign HTML safe: what is left is to be escaped like any other text.
 *
 * Layer 5 (templates). Pure. Source: Django utils/html.py (`strip_tags`).
 */
import { htmlTokens } from "./html-tokens.ts";

/** What hides in `<<b>script>` shows after a round; whoever hides deeper than this wants to waste time. */
const MOST_ROUNDS = 50;

export function stripTags(html: string): string {
  let text = html;
  for (let round = 0; round < MOST_ROUNDS && text.includes("<"); round += 1) {
    const stripped = stripOnce(text);
    if (stripped === text) break;
    text = stripped;
  }
  return text;
}

function stripOnce(html: string): string {
  let text = "";
  for (const token of htmlTokens(html)) if (token.kind === "text") text += token.raw;
  return text;
}
