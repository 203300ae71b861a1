/**
 * The script that pages carry.
 *
 * Layer 4 (livereload). Pure. What it does: connects to the event stream while the page can be seen, reloads the page when
 * the site's state is not the page's, swaps style sheets in place. A page that comes out of some cache after a
 * reload is still the old one, so it reloads once for each state.
 */
import { createHash } from "node:crypto";

/** How the addresses begin that the development server answers itself; no project has any that do. */
export const TOOLS_PREFIX: string = "/__minorswing__/";
export const EVENTS_PATH: string = `${TOOLS_PREFIX}events`;
export const SCRIPT_PATH: string = `${TOOLS_PREFIX}live-reload.js`;

/** How long the page waits before it connects again, and how long at most while nobody answers. In milliseconds. */
const FIRST_WAIT = 20;
const LONGEST_WAIT = 4000;

export const PAGE_SCRIPT: string = `(() => {
  "use strict";
  // A page that takes over parts of others (htmx, Turbo) may get the script again.
  if (window.minorswingLiveReload) return;
  window.minorswingLiveReload = true;
  // While it listens for what is newer than the page, its element has data-live: to be seen in the inspector, and by tests.
  const { dataset } = document.currentScript;
  let { state, once } = dataset;
  let source, timer, wait = ${FIRST_WAIT};
  const replaced = new WeakSet();

  const isFirstReload = (next) => {
    try {
      const key = "minorswing.live-reload " + location.pathname + location.search;
      if (sessionStorage.getItem(key) === next) return false;
      sessionStorage.setItem(key, next);
      return true;
    } catch {
      return true;
    }
  };
  const reload = (next) => {
    state = next;
    if (once === undefined && isFirstReload(next)) location.reload();
  };

  const isOf = (link, name) => {
    const { origin, pathname } = new URL(link.href);
    return origin === location.origin && !link.integrity && pathname.endsWith("/" + encodeURI(name));
  };
  const swap = (name) => {
    const links = [...document.querySelectorAll("link[rel~=stylesheet][href]")]
      .filter((link) => !replaced.has(link) && isOf(link, name));
    for (const link of links) {
      const url = new URL(link.href);
      url.searchParams.set("live", Date.now());
      const fresh = link.cloneNode();
      fresh.href = url.href;
      replaced.add(link);
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
    return links.length > 0;
  };

  const onMessage = (message) => {
    if (message.state === state) return;
    if (message.type === "css" && message.names.map(swap).every(Boolean)) state = message.state;
    else reload(message.state);
  };
  const disconnect = () => {
    clearTimeout(timer);
    delete dataset.live;
    source?.close();
    source = undefined;
  };
  const connect = () => {
    disconnect();
    if (document.hidden) return;
    source = new EventSource("${EVENTS_PATH}");
    source.onmessage = ({ data }) => {
      wait = ${FIRST_WAIT};
      const message = JSON.parse(data);
      if (message.state === state) dataset.live = "";
      onMessage(message);
    };
    source.onerror = () => {
      disconnect();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, ${LONGEST_WAIT});
    };
  };
  document.addEventListener("visibilitychange", () => {
    wait = ${FIRST_WAIT};
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  connect();
})();
`;

const VERSION = createHash("sha256").update(PAGE_SCRIPT).digest("hex").slice(0, 8);

/** How a page gets its script. */
export interface ScriptOptions {
  readonly state: string;
  readonly nonce: string | undefined;
  /** The page is not asked for again by itself. Its style sheets are swapped all the same. */
  readonly once: boolean;
}

/** What is added to a page. A script of the page's own origin, not in the page, is what most policies allow. */
export function scriptTag({ state, nonce, once }: ScriptOptions): Buffer {
  const proof = nonce === undefined ? "" : ` nonce="${nonce}"`;
  const mark = once ? " data-once" : "";
  return Buffer.from(
    `<script src="${SCRIPT_PATH}?v=${VERSION}" data-state="${state}"${mark}${proof} async></script>\n`,
  );
}
