/**
 * The report of an error for programs: what was thrown, and where.
 *
 * Layer 6 (views). Pure. Neither variables nor request: the program has sent that itself.
 */
import type { ErrorReport, FrameReport, ThrownReport } from "./report.ts";

export interface JsonFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly kind: string;
  readonly async: boolean;
}

export interface JsonThrown {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly template?: { readonly name: string; readonly line: number; readonly column: number };
  readonly frames: readonly JsonFrame[];
}

export interface JsonError extends JsonThrown {
  readonly status: number;
  /** What led to it, with its relation to the error above it. */
  readonly causes: readonly (JsonThrown & { readonly relation: string })[];
}

export function errorJson({ status, thrown: [first, ...rest] }: ErrorReport): {
  readonly error: JsonError;
} {
  const { name, message, ...more } = toJson(first);
  const causes = rest
    .filter(({ isRepeated }) => !isRepeated)
    .map((thrown) => Object.assign({ relation: thrown.relation }, toJson(thrown)));
  return { error: { name, message, status, causes, ...more } };
}

function toJson({ name, message, code, template, frames }: ThrownReport): JsonThrown {
  const place = template?.place;
  return {
    name,
    message,
    ...(code === "" ? {} : { code }),
    ...(place && {
      template: { name: place.templateName, line: place.line, column: place.column },
    }),
    frames: withoutOuter(frames).map((frame) => ({
      function: frame.functionName,
      file: frame.shownFile,
      line: frame.line,
      column: frame.column,
      kind: frame.kind,
      async: frame.isAsync,
    })),
  };
}

/** What called the project is the same for all its errors. */
function withoutOuter(frames: readonly FrameReport[]): readonly FrameReport[] {
  const last = frames.findLastIndex(({ kind }) => kind === "project");
  return last < 0 ? frames : frames.slice(0, last + 1);
}
