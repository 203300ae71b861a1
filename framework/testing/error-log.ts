/**
 * `wsgi.errors` as a text.
 *
 * Layer 8 (testing).
 */
import type { ErrorStream } from "../wsgi.ts";

export class ErrorLog implements ErrorStream {
  text = "";

  write(text: string): void {
    this.text += text;
  }
}
