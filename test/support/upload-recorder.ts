/**
 * An upload handler that can be asked what it was asked.
 */
import {
  FileUploadHandler,
  type NewFile,
  type RawInput,
} from "../../framework/http/uploads/upload-handlers.ts";
import type { UploadedFile } from "../../framework/http/uploads/uploaded-file.ts";
import type { Chunk } from "../../framework/wsgi.ts";

export interface RecorderSteps {
  newFile?(file: NewFile): void;
  chunk?(text: string): Chunk | undefined;
  complete?(): UploadedFile;
}

/** Writes down what it is asked; passes everything on unless a step says otherwise. */
export class Recorder extends FileUploadHandler {
  readonly calls: string[] = [];
  readonly steps: RecorderSteps;

  constructor(steps: RecorderSteps = {}) {
    super();
    this.steps = steps;
  }

  override handleRawInput({ boundary, contentLength }: RawInput): undefined {
    this.calls.push(`raw ${boundary} ${contentLength}`);
  }

  override newFile(description: NewFile): void {
    this.calls.push(`new ${description.fieldName} ${description.name}`);
    this.steps.newFile?.(description);
  }

  override receiveDataChunk(chunk: Chunk, start: number): Chunk | undefined {
    this.calls.push(`chunk ${start} ${String(chunk)}`);
    return this.steps.chunk === undefined ? chunk : this.steps.chunk(String(chunk));
  }

  override fileComplete(size: number): UploadedFile | undefined {
    this.calls.push(`complete ${size}`);
    return this.steps.complete?.();
  }

  override closeFile(): void {
    this.calls.push("close file");
  }

  override uploadComplete(): void {
    this.calls.push("upload complete");
  }

  override uploadInterrupted(): void {
    this.calls.push("upload interrupted");
  }
}
