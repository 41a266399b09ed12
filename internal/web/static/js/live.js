// Tells a page that something was written on its year: the number of the newest
// entry of the ledger, nothing else. Hidden tabs do not listen; a stream that
// ends is opened again by the browser.
import { tables } from './tables.js';

/** Headers of requests that a page makes by itself: they keep no session alive. */
export const following = { 'X-Follow': '1' };

/**
 * @param {string} path
 * @param {number} known number of the newest entry that the page shows
 * @param {(newest: number) => unknown} heard
 */
export function live(path, known, heard) {
  /** @type {EventSource|null} */
  let source = null;
  let last = known;
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(path);
    source.addEventListener('message', (e) => {
      const newest = Number(e.data);
      if (newest <= last) return;
      last = newest;
      heard(newest);
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return open();
    source?.close();
    source = null;
  });
  open();
}

/**
 * Takes the parts of the page that change ([data-live-part], each with an id)
 * from the server anew. What is being typed in, or has the focus, stays.
 */
export async function refresh() {
  const answer = await fetch(location.href, { headers: following });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live-part]')) {
    const now = page.getElementById(part.id);
    if (!now || part.contains(document.activeElement)) continue;
    part.replaceWith(document.adoptNode(now));
    tables(now);
  }
}

// A page without a script of its own says on its body part where it listens.
const quiet = /** @type {HTMLElement|null} */ (document.querySelector('[data-live-page]'));
if (quiet) live(quiet.dataset.livePage ?? '', Number(quiet.dataset.newest), refresh);
