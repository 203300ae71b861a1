/**
 * One media type or media range, such as `text/html`, `text/*;q=0.5`, `application/json; version=2`.
 *
 * Layer 2 (http). Pure. Errors: `BadRequest` for an extended parameter in an unknown encoding.
 * Source: RFC 9110 sections 8.3.1 and 12.5.1; Django http/request.py (`MediaType`).
 */
import { inspectAs } from "../utils/inspect-as.ts";
import { parseHeaderParameters } from "./header-parameters.ts";

export class MediaType {
  static {
    inspectAs<MediaType>(this, (type) => `<MediaType: ${String(type)}>`);
  }

  /** `text` of `text/html`, lower case. */
  readonly mainType: string;
  /** `html` of `text/html`, lower case; `""` when there is no slash. */
  readonly subType: string;
  /** All parameters, `q` included. */
  readonly params: ReadonlyMap<string, string>;
  /** The parameters that belong to the type: all but `q`. */
  readonly rangeParams: ReadonlyMap<string, string>;
  /** How much it is wanted, from 0 to 1, in steps of 0.001. What cannot be read counts as 1. */
  readonly quality: number;
  /** How exactly it says what it means: 0 for `*` `/*`, 1 for `text/*`, 2 for `text/html`, 3 with parameters. */
  readonly specificity: 0 | 1 | 2 | 3;

  constructor(text: string) {
    const { value, params } = parseHeaderParameters(text);
    const slash = value.indexOf("/");
    this.mainType = slash < 0 ? value : value.slice(0, slash);
    this.subType = slash < 0 ? "" : value.slice(slash + 1);
    this.params = params;
    this.rangeParams = new Map([...params].filter(([name]) => name !== "q"));
    this.quality = parseQuality(params.get("q"));
    this.specificity = this.#measureSpecificity();
  }

  /**
   * Whether a client that accepts this range takes `offered`. Parameters of the offer must be asked for; those
   * of the range need not be there.
   */
  match(offered: MediaType | string): boolean {
    const other = typeof offered === "string" ? new MediaType(offered) : offered;
    if (!matches(this.mainType, other.mainType) || !matches(this.subType, other.subType))
      return false;
    if (other.rangeParams.size === 0) return true;
    return sameParams(this.rangeParams, other.rangeParams);
  }

  toString(): string {
    const type = this.subType === "" ? this.mainType : `${this.mainType}/${this.subType}`;
    return type + [...this.params].map(([name, value]) => `; ${name}=${value}`).join("");
  }

  #measureSpecificity(): 0 | 1 | 2 | 3 {
    if (this.mainType === "*") return 0;
    if (this.subType === "*") return 1;
    return this.rangeParams.size === 0 ? 2 : 3;
  }
}

/** Neither may be empty; an asterisk on either side stands for everything. */
function matches(one: string, other: string): boolean {
  if (one === "" || other === "") return false;
  return one === other || one === "*" || other === "*";
}

function sameParams(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}

function parseQuality(text: string | undefined): number {
  if (text === undefined || !/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return 1;
  const quality = Number(text);
  return quality > 1 ? 1 : Math.round(quality * 1000) / 1000;
}
