/**
 * `wsgi.errors` as a text.
 *
 * Layer 10 (testing).
 */
import type { ErrorStream } from "../wsgi.ts";

export class ErrorLog implements ErrorStream {
  text = "";

  write(text: string): void {
    this.text += text;
  }
}
