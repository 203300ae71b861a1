/**
 * What a system check has to say.
 *
 * Layer 1 (checks). Pure. Source: Django core/checks/messages.py.
 * Differs from Django: whether a message is silenced is asked with the list of ids, since no layer this low knows
 * settings; `Error` is `ErrorMessage`, because a JavaScript `Error` is something else.
 */

/** How bad it is; larger is worse. */
export const LEVELS: {
  readonly DEBUG: 10;
  readonly INFO: 20;
  readonly WARNING: 30;
  readonly ERROR: 40;
  readonly CRITICAL: 50;
} = Object.freeze({ DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 });

export type LevelName = keyof typeof LEVELS;

export interface CheckMessageOptions {
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** What it is about: shown in front of the message. */
  readonly obj?: string | { toString(): string } | undefined;
  /** `urls.W001`: never changes between versions; listed in docs/checks.md. */
  readonly id?: string | undefined;
}

/** One finding. May be extended; the five below give it its level. */
export class CheckMessage {
  readonly level: number;
  readonly msg: string;
  readonly hint: string | undefined;
  readonly obj: CheckMessageOptions["obj"];
  readonly id: string | undefined;

  constructor(level: number, msg: string, { hint, obj, id }: CheckMessageOptions = {}) {
    this.level = level;
    this.msg = msg;
    this.hint = hint;
    this.obj = obj;
    this.id = id;
  }

  /** Bad enough to stop for. */
  isSerious(level: number = LEVELS.ERROR): boolean {
    return this.level >= level;
  }

  /** Whether `SILENCED_SYSTEM_CHECKS` has its id. */
  isSilenced(silenced: readonly string[]): boolean {
    return this.id !== undefined && silenced.includes(this.id);
  }

  /** `urls.ts:3: (urls.W001) message`, and the hint on a line of its own. */
  toString(): string {
    const id = this.id === undefined ? "" : `(${this.id}) `;
    const hint = this.hint === undefined ? "" : `\n\tHINT: ${this.hint}`;
    return `${String(this.obj ?? "?")}: ${id}${this.msg}${hint}`;
  }
}

export class Debug extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(LEVELS.DEBUG, msg, options);
  }
}

export class Info extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(LEVELS.INFO, msg, options);
  }
}

export class Warning extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(LEVELS.WARNING, msg, options);
  }
}

export class ErrorMessage extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(LEVELS.ERROR, msg, options);
  }
}

export class Critical extends CheckMessage {
  constructor(msg: string, options?: CheckMessageOptions) {
    super(LEVELS.CRITICAL, msg, options);
  }
}
