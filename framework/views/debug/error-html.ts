/**
 * The report of an error as a page for browsers.
 *
 * Layer 6 (views). Pure. Source: Django views/templates/technical_500.html, for what is on it and its ids.
 */
import { documentHtml } from "./document.ts";
import { editorButton, framesHtml, rowsHtml, templateHtml } from "./frames-html.ts";
import { markup, type Markup } from "./markup.ts";
import { type ErrorReport, mainFrame, placeOf, type Section, type ThrownReport } from "./report.ts";
import { ERROR_SCRIPT } from "./script.ts";
import { DEBUG_STYLE } from "./style.ts";

/** How a page is served. */
export interface Serving {
  /** Of the request's Content-Security-Policy. */
  readonly nonce: string | undefined;
  /** The address that opens a place in the editor; `undefined` where the server cannot. */
  readonly editor: string | undefined;
}

const LONG_MESSAGE = 280;
/** So many frames of the project are unfolded in the traceback of the error itself; one in those of its causes. */
const UNFOLDED = 3;

export function errorHtml(report: ErrorReport, text: string, { nonce, editor }: Serving): string {
  const canOpen = editor !== undefined;
  const body = markup`${editor === undefined ? undefined : markup`<form id="open-editor" method="post" action="${editor}"></form>`}
    ${topHtml(report, canOpen)}
    <div class="wrap columns">
      <main id="info">
        ${report.thrown.map((thrown, index) => thrownHtml(thrown, index, canOpen))}
        ${report.sections.length === 0 ? undefined : markup`<h2 id="request">Request</h2>`}
        ${report.sections.map(sectionHtml)}
        <details class="section">
          <summary>As text</summary>
          <textarea id="as-text" readonly spellcheck="false" aria-label="This page as text">
${text}</textarea>
        </details>
      </main>
      ${asideHtml(report)}
    </div>
    <footer id="explanation" class="wrap">
      <p>${report.explanation}${report.note === undefined ? undefined : markup` ${report.note}`}</p>
    </footer>`;
  return documentHtml({
    title: report.title,
    body,
    style: DEBUG_STYLE,
    script: ERROR_SCRIPT,
    nonce,
  });
}

function topHtml(report: ErrorReport, canOpen: boolean): Markup {
  const [first, ...rest] = report.thrown;
  const headline = first.template?.problem ?? first.message;
  return markup`<header id="summary" class="top">
    <div class="wrap">
      <div class="line">
        <span class="status">${report.status}</span> <span class="subject">${report.subject}</span>
        <button id="copy" type="button" aria-live="polite" hidden>Copy as text</button>
      </div>
      <h1>${report.heading}</h1>
      ${messageHtml(headline)} ${whereHtml(first, canOpen)}
      ${
        rest.length === 0
          ? undefined
          : markup`<ul class="causes">
              ${rest.map((thrown, index) => causeHtml(thrown, index + 1, headline))}
            </ul>`
      }
    </div>
  </header>`;
}

function messageHtml(message: string): Markup | undefined {
  if (message === "") return undefined;
  return markup`<p class="message${message.length > LONG_MESSAGE ? " long" : ""}">${message}</p>`;
}

/** Where to look: in the template, if that is to blame, else in the innermost function of the project. */
function whereHtml(thrown: ThrownReport, canOpen: boolean): Markup | undefined {
  const place = thrown.template?.place;
  const frame = mainFrame(thrown);
  if (place !== undefined) {
    const button =
      canOpen && place.file !== undefined && editorButton(place.file, place.line, place.column);
    return markup`<p class="where">
      <code>${place.templateName}:${place.line}:${place.column}</code> ${button || undefined}
    </p>`;
  }
  if (frame === undefined) return undefined;
  const name =
    frame.functionName === "" ? undefined : markup`in <code>${frame.functionName}</code>`;
  return markup`<p class="where">
    <code>${placeOf(frame)}</code> ${name}
    ${canOpen ? editorButton(frame.file, frame.line, frame.column) : undefined}
  </p>`;
}

/** Says nothing that the headline says already. */
function causeHtml(thrown: ThrownReport, index: number, headline: string): Markup {
  const { relation, name, message, isRepeated } = thrown;
  const again = isRepeated ? " (again: the chain is a circle)" : "";
  const news = headline === `${name}: ${message}` ? "" : message;
  return markup`<li>
    <a href="#error-${index}"><span>${relation}</span> <b>${name}</b> ${news}${again}</a>
  </li> `;
}

function thrownHtml(thrown: ThrownReport, index: number, canOpen: boolean): Markup {
  const { relation, name, code, message, isRepeated, details, template } = thrown;
  const heading =
    index === 0
      ? markup`<h2 id="traceback">Traceback</h2>`
      : markup`<h2 id="error-${index}" class="chain">
            <span>${relation}</span>
            <b>${name}</b> ${code === "" ? undefined : markup`<span>${code}</span>`}
          </h2>
          <p>${message}</p>`;
  if (isRepeated)
    return markup`${heading}
      <p class="none">Cycle in the chain of errors: this one is shown above.</p> `;
  return markup`${
    template === undefined
      ? undefined
      : markup`<h2 id="template-${index}">Template</h2>
          ${templateHtml(template, canOpen)}`
  }
  ${heading} ${details.length === 0 ? undefined : rowsHtml(details)}
  ${thrown.frames.length === 0 ? markup`<p class="none">It says nothing about where it was thrown.</p>` : framesHtml(thrown, canOpen, index === 0 ? UNFOLDED : 1)} `;
}

function sectionHtml({ id, title, rows, note, isFolded }: Section): Markup {
  const isOpen = isFolded !== true && (rows.length > 0 || note !== undefined);
  const count = rows.length === 0 && note === undefined ? "none" : rows.length || "";
  const content =
    rows.length === 0 ? markup`<p class="none">${note ?? `No ${title} data`}</p>` : rowsHtml(rows);
  return markup`<details class="section" id="${id}"${isOpen ? " open" : ""}>
    <summary>${title} <small>${count}</small></summary>
    ${content}
  </details> `;
}

function asideHtml({ facts, sections, thrown }: ErrorReport): Markup {
  const rows = facts.map(
    ([name, value]) =>
      markup`<dt>${name}</dt>
        <dd>${value}</dd> `,
  );
  const links = [
    thrown[0].template && markup`<li><a href="#template-0">Template</a></li> `,
    markup`<li><a href="#traceback">Traceback</a></li> `,
    ...thrown
      .slice(1)
      .map(({ name }, index) => markup`<li><a href="#error-${index + 1}">${name}</a></li> `),
    ...sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li> `),
  ];
  return markup`<aside aria-label="Overview">
    <h2>At a glance</h2>
    <dl>${rows}</dl>
    <ul class="contents">
      ${links}
    </ul>
  </aside>`;
}
