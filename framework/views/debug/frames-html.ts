/**
 * The frames of a traceback as HTML: the project's as cards with source and variables, everybody else's folded.
 *
 * Layer 6 (views). Pure.
 */
import { highlightLines, markLines } from "./highlight.ts";
import { markup, type Markup } from "./markup.ts";
import { type FrameReport, placeOf, type Row, type ThrownReport } from "./report.ts";
import type { SourceLine } from "./source.ts";
import type { TemplateReport } from "./template-place.ts";

const WHOSE = {
  project: "your project",
  framework: "minorswing",
  dependency: "packages",
  node: "Node.js",
} as const;

/** All frames of an error, from where it was thrown outwards; the first `unfolded` of the project with their source. */
export function framesHtml({ frames }: ThrownReport, canOpen: boolean, unfolded: number): Markup {
  let own = 0;
  const hasOwn = frames.some(({ kind }) => kind === "project");
  const groups = groupFrames(frames).map((group) => {
    const [first] = group;
    if (first?.kind === "project") {
      own += 1;
      return frameHtml(first, canOpen, own <= unfolded);
    }
    // Where nothing is the project's, the innermost frame is what there is to see.
    return foldHtml(group, canOpen, !hasOwn);
  });
  return markup`${groups}`;
}

/** A table of names and values; the values keep their line breaks. */
export function rowsHtml(rows: readonly Row[]): Markup {
  const lines = rows.map(
    ([name, value]) =>
      markup`<tr>
        <th scope="row">${name}</th>
        <td><pre>${value}</pre></td>
      </tr> `,
  );
  return markup`<table>
    <tbody>
      ${lines}
    </tbody>
  </table>`;
}

/** The button that opens a place in the editor; it submits the form `open-editor`. */
export function editorButton(file: string, line: number | undefined, column?: number): Markup {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return markup`<button form="open-editor" name="place" value="${place}">Open in editor</button>`;
}

/** The lines of a template around its error, and how it came to be rendered. */
export function templateHtml(report: TemplateReport, canOpen: boolean): Markup {
  const { place, lines, problem, callers, tried } = report;
  const source =
    place &&
    markup`<div class="frame">
      ${codeHtml(lines, problem, (texts, line) => markLines(texts, { line, column: place.column }))}
      <div class="bar">
        <span class="full">${place.file ?? place.templateName}:${place.line}:${place.column}</span>
        ${canOpen && place.file !== undefined ? editorButton(place.file, place.line, place.column) : undefined}
      </div>
    </div>`;
  const ways = callers.map(
    (caller) =>
      markup`<li>
        ${caller.how}
        <code>${caller.file ?? caller.templateName}:${caller.line}:${caller.column}</code>
      </li> `,
  );
  const missing = tried.map((file) => markup`<li><code>${file}</code></li> `);
  return markup`${source}
  ${
    ways.length === 0
      ? undefined
      : markup`<ul class="causes">
          ${ways}
        </ul>`
  }
  ${
    missing.length === 0
      ? undefined
      : markup`<p class="label">Looked for, in this order:</p>
          <ol class="routes">
            ${missing}
          </ol>`
  }`;
}

/** Each frame of the project alone, others together. */
function groupFrames(frames: readonly FrameReport[]): FrameReport[][] {
  const groups: FrameReport[][] = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (frame.kind === "project" || last === undefined || last[0]?.kind === "project")
      groups.push([frame]);
    else last.push(frame);
  }
  return groups;
}

function foldHtml(frames: readonly FrameReport[], canOpen: boolean, isOpen: boolean): Markup {
  const owners = [...new Set(frames.map(({ kind }) => WHOSE[kind]))].join(" and ");
  const count = frames.length === 1 ? "1 frame" : `${frames.length} frames`;
  return markup`<details class="fold"${isOpen ? " open" : ""}>
    <summary>${count} of ${owners}</summary>
    ${frames.map((frame) => frameHtml(frame, canOpen, false))}
  </details> `;
}

function frameHtml(frame: FrameReport, canOpen: boolean, isOpen: boolean): Markup {
  const { functionName, isAsync, variables } = frame;
  const name = functionName === "" ? undefined : markup`<span class="fn">${functionName}</span>`;
  return markup`<details class="frame"${isOpen ? " open" : ""}>
    <summary>
      ${name} ${atHtml(frame)}
      ${isAsync ? markup`<span class="tag">async</span>` : undefined}
    </summary>
    ${sourceHtml(frame)}
    ${
      variables === undefined || variables.length === 0
        ? undefined
        : markup`<div class="vars">
            <p>Local variables</p>
            ${rowsHtml(variables)}
          </div>`
    }
    ${barHtml(frame, canOpen)}
  </details> `;
}

/** `polls/<b>views.ts</b>:3:9`. */
function atHtml(frame: FrameReport): Markup {
  const place = placeOf(frame);
  const name = place.lastIndexOf("/") + 1;
  const end = place.length - (/(?::\d+)*$/.exec(place)?.[0].length ?? 0);
  return markup`<span class="at">${place.slice(0, name)}<b>${place.slice(name, end)}</b>${place.slice(end)}</span>`;
}

function sourceHtml({ source, file, kind, line, column, width }: FrameReport): Markup {
  if (source === undefined || line === undefined) {
    const why = kind === "node" ? "it is part of Node.js" : `${file} cannot be read`;
    return markup`<p class="gone">The source is not available: ${why}.</p>`;
  }
  const marked = width === undefined ? { column } : { column, width };
  return codeHtml(source, "", (texts, line) => highlightLines(texts, { line, ...marked }));
}

/** `highlight` is given the lines, and which of them is the one (counted from 1). */
function codeHtml(
  lines: readonly SourceLine[],
  problem: string,
  highlight: (texts: readonly string[], line: number) => readonly Markup[],
): Markup {
  const current = lines.findIndex(({ isCurrent }) => isCurrent) + 1;
  const texts = highlight(
    lines.map(({ text }) => text),
    current,
  );
  const rows = lines.map(({ number, isCurrent }, index) => {
    const note = isCurrent && problem !== "" ? markup`<small>${problem}</small>` : undefined;
    return markup`<div${isCurrent ? markup` class="now"` : undefined}><i>${number}</i><code>${texts[index]}\n</code>${note}</div>`;
  });
  return markup`<div class="code" tabindex="0" role="group" aria-label="Source">${rows}</div>`;
}

function barHtml({ file, line, column, kind }: FrameReport, canOpen: boolean): Markup | undefined {
  if (kind === "node") return undefined;
  const button = canOpen && kind === "project" ? editorButton(file, line, column) : undefined;
  return markup`<div class="bar"><span class="full">${file}</span>${button}</div>`;
}
