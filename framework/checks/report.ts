/**
 * What `devserver check` prints.
 *
 * Layer 1 (checks). Pure. Source: Django core/management/base.py (`BaseCommand.check`), to the letter.
 */
import { type CheckMessage, LEVELS } from "./messages.ts";

export interface CheckReport {
  /** Ends without a newline. */
  readonly text: string;
  /** How many messages are shown. */
  readonly visible: number;
  readonly silenced: number;
  /** Whether one that is shown is at the level to fail at. */
  readonly failed: boolean;
}

export interface CheckReportOptions {
  /** Ids that are not shown: `SILENCED_SYSTEM_CHECKS`. */
  readonly silenced: readonly string[];
  /** @default LEVELS.ERROR */
  readonly failLevel?: number;
}

/** The worst group first. A message stands in the group of the highest level that it reaches. */
const GROUPS: readonly (readonly [heading: string, from: number, below: number])[] = [
  ["CRITICALS", LEVELS.CRITICAL, Number.POSITIVE_INFINITY],
  ["ERRORS", LEVELS.ERROR, LEVELS.CRITICAL],
  ["WARNINGS", LEVELS.WARNING, LEVELS.ERROR],
  ["INFOS", LEVELS.INFO, LEVELS.WARNING],
  ["DEBUGS", Number.NEGATIVE_INFINITY, LEVELS.INFO],
];

export function reportChecks(
  messages: readonly CheckMessage[],
  { silenced, failLevel = LEVELS.ERROR }: CheckReportOptions,
): CheckReport {
  const shown = messages.filter((message) => !message.isSilenced(silenced));
  const failed = shown.some((message) => message.isSerious(failLevel));
  const hidden = messages.length - shown.length;
  const footer = `System check identified ${count(shown.length)} (${hidden} silenced).`;
  const header = `${failed ? "SystemCheckError: " : ""}System check identified some issues:\n`;
  return {
    text: shown.length === 0 ? footer : `${header}${groupsOf(shown)}\n${footer}`,
    visible: shown.length,
    silenced: hidden,
    failed,
  };
}

function groupsOf(messages: readonly CheckMessage[]): string {
  return GROUPS.map(([heading, from, below]) => {
    const lines = messages
      .filter(({ level }) => level >= from && level < below)
      .map(String)
      .toSorted();
    return lines.length === 0 ? "" : `\n${heading}:\n${lines.join("\n")}\n`;
  }).join("");
}

function count(issues: number): string {
  if (issues === 0) return "no issues";
  return issues === 1 ? "1 issue" : `${issues} issues`;
}
