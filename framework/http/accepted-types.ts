/**
 * Which media types a client takes, and which it likes best.
 *
 * Layer 2 (http). Pure. Source: RFC 9110 section 12.5.1; Django http/request.py (`accepted_types`, `get_preferred_type`).
 * Differs from Django: `text/html;q=0` refuses HTML also where a wildcard would allow it, as the RFC has it; a
 * comma in a quoted parameter separates nothing.
 */
import { splitOutsideQuotes } from "./header-parameters.ts";
import { MediaType } from "./media-type.ts";

export class AcceptedTypes {
  /** The most wanted first; among equals the more specific, then the earlier. What has quality 0 is not listed. */
  readonly byQuality: readonly MediaType[];
  /** The most specific first; among equals the more wanted, then the earlier. */
  readonly byPrecedence: readonly MediaType[];
  /** As `byPrecedence`, with what the client refuses. */
  readonly #ranges: readonly MediaType[];

  /** `header` is the value of `Accept`; `undefined` accepts everything, as RFC 9110 says, and `""` nothing. */
  constructor(header: string | undefined) {
    const ranges = splitOutsideQuotes(header ?? "*/*", ",")
      .filter((text) => text.trim() !== "")
      .map((text) => new MediaType(text));
    this.#ranges = ranges.toSorted(
      (a, b) => b.specificity - a.specificity || b.quality - a.quality,
    );
    this.byPrecedence = this.#ranges.filter(isWanted);
    this.byQuality = ranges
      .filter(isWanted)
      .toSorted((a, b) => b.quality - a.quality || b.specificity - a.specificity);
  }

  /** The most specific type of the header that `offered` falls under; `undefined` when the client does not take it. */
  find(offered: string): MediaType | undefined {
    const type = new MediaType(offered);
    const found = this.#ranges.find((range) => range.match(type) && !isAnotherRefused(range, type));
    return found !== undefined && isWanted(found) ? found : undefined;
  }

  /** The one of `offers` that the client likes best; among equals the first. `undefined` when it takes none of them. */
  preferred<const Offer extends string>(offers: readonly Offer[]): Offer | undefined {
    let best: Offer | undefined;
    let bestRank = Infinity;
    for (const offer of offers) {
      const type = this.find(offer);
      const rank = type === undefined ? Infinity : this.byQuality.indexOf(type);
      if (rank < bestRank) [best, bestRank] = [offer, rank];
    }
    return best;
  }
}

function isWanted(type: MediaType): boolean {
  return type.quality > 0;
}

/** `text/html;level=1;q=0` refuses that variant, and says nothing about plain `text/html`. */
function isAnotherRefused(range: MediaType, offered: MediaType): boolean {
  return !isWanted(range) && range.rangeParams.size > 0 && offered.rangeParams.size === 0;
}
