// What was typed into the grid and did not reach the server: the session had
// ended, the network was away. It is kept in this browser for the account and
// the round, and goes when it is saved or the account signs out.
import { read, write } from './drafts.js';

/**
 * @typedef {{version: string, values: Record<string, string>}} KeptRow
 */

export class Kept {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    const round = /** @type {HTMLInputElement} */ (form.elements.namedItem('vong')).value;
    this.key = `draft:${document.body.dataset.account}:${new URL(form.action).pathname}#${round}`;
  }

  /**
   * @param {Record<string, KeptRow>} rows by criterion
   * @returns {boolean} whether nothing of them is lost when the page goes
   */
  put(rows) {
    if (Object.keys(rows).length > 0) return write(this.key, /** @type {{at: number}} */ ({ at: Date.now(), rows }));
    if (read(this.key)) localStorage.removeItem(this.key);
    return true;
  }

  /** @returns {Record<string, KeptRow>} */
  get() {
    return read(this.key)?.rows ?? {};
  }
}
