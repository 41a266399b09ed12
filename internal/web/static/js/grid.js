// The scoring grid: every cell is saved as soon as it is left, what it comes to
// is shown at once, and nothing typed is ever lost. Without this script the
// grid is a form with one button.
import { Kept } from './grid-kept.js';
import { keys } from './grid-keys.js';
import { panel } from './grid-panel.js';
import { following, live, refresh } from './live.js';

/** @param {HTMLFormElement} form */
function start(form) {
  const table = /** @type {HTMLTableElement} */ (form.querySelector('table.grid'));
  const grid = new Grid(form, table);
  filters(table);
  panel(form, () => grid.look());
  const year = form.dataset.live ?? '';
  if (!form.hasAttribute('data-grid')) return live(year, Number(form.dataset.newest), refresh);
  document.documentElement.classList.add('js');
  grid.listen();
  keys(table, grid);
  live(year, grid.newest, (newest) => grid.heard(newest));
}

/**
 * @typedef {{text: string, diff: string, tone: string, quiet: boolean}} Point
 * @typedef {{version: number, base: string, values?: Record<string, string>, points: Point[], missing: boolean, differs: boolean, ok: boolean, own: boolean, needs: boolean, prior: string, files: number, lacking: boolean}} Row
 * @typedef {{rows: Record<string, Row>, totals: Point[], counts: Record<string, number>, saved: string, newest: number, code?: string, text?: string, criterion?: string, theirs?: string, faults?: {field?: string, text: string}[]}} State
 * @typedef {Record<string, string>} Values
 * @typedef {{row: HTMLTableRowElement, values: Values, own: boolean}} Step
 */

/** The cells of the sheet and their way to the server. */
export class Grid {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTableElement} table
   */
  constructor(form, table) {
    this.form = form;
    this.table = table;
    this.said = /** @type {HTMLElement} */ (document.getElementById('grid-said'));
    this.undoButton = document.querySelector('[data-undo]');
    /** @type {Step[][]} */
    this.steps = [];
    /** @type {Map<HTMLTableRowElement, Values>} what the server has */
    this.saved = new Map();
    /** @type {Map<HTMLTableRowElement, boolean>} */
    this.own = new Map();
    /** @type {Set<HTMLTableRowElement>} rows that could not be sent */
    this.waiting = new Set();
    /** @type {Set<HTMLTableRowElement>} rows of a pasted block that is not saved yet */
    this.pasted = new Set();
    this.queue = Promise.resolve();
    this.kept = new Kept(form);
    this.held = true;
    this.newest = Number(form.dataset.newest); // entry of the ledger that the page has seen
    for (const row of this.rows()) this.saved.set(row, this.values(row));
  }

  /** @returns {HTMLTableRowElement[]} rows that can be filled in */
  rows() {
    return [...this.table.tBodies[0].rows].filter((row) => row.querySelector('input[name^="v|"]'));
  }

  /** @param {HTMLTableRowElement} row */
  controls(row) {
    return /** @type {(HTMLInputElement|HTMLSelectElement)[]} */ ([...row.querySelectorAll('.cell, .na input')]);
  }

  /**
   * @param {HTMLTableRowElement} row
   * @returns {Values}
   */
  values(row) {
    /** @type {Values} */
    const out = {};
    for (const c of this.controls(row)) out[c.name] = c.type === 'checkbox' ? (/** @type {HTMLInputElement} */ (c).checked ? '1' : '') : c.value.trim();
    return out;
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {Values} values
   */
  fill(row, values) {
    for (const c of this.controls(row)) {
      if (!(c.name in values)) continue;
      if (c instanceof HTMLInputElement && c.type === 'checkbox') c.checked = values[c.name] === '1';
      else c.value = values[c.name];
    }
  }

  /** @param {HTMLTableRowElement} row */
  dirty(row) {
    return JSON.stringify(this.values(row)) !== JSON.stringify(this.saved.get(row));
  }

  /**
   * Rows that say something the server does not know yet, apart from those of
   * the save that is being answered: their turn comes, nothing may overwrite them.
   * @param {HTMLTableRowElement[]} but
   */
  typed(but) {
    return this.rows().filter((row) => !but.includes(row) && this.dirty(row));
  }

  listen() {
    this.table.addEventListener('change', (e) => {
      const control = /** @type {HTMLInputElement} */ (e.target);
      const row = /** @type {HTMLTableRowElement|null} */ (control.closest('tr[data-id]'));
      if (!row) return;
      if (control.name.startsWith('ok|')) this.agree([row]);
      else if (this.waiting.has(row)) this.again(); // a block that was refused: all of it is sent again
      else if (this.dirty(row)) this.save([row]);
    });
    this.form.addEventListener('submit', (e) => {
      e.preventDefault();
      this.save(this.rows().filter((row) => this.dirty(row)));
    });
    const handIn = document.querySelector('form[data-hand-in]');
    if (handIn instanceof HTMLFormElement) {
      handIn.addEventListener('submit', (e) => {
        if (!this.rows().some((row) => this.dirty(row))) return;
        e.preventDefault();
        void this.handIn(handIn);
      });
    }
    if (this.undoButton instanceof HTMLElement) this.undoButton.addEventListener('click', () => this.undo());
    const all = document.querySelector('[data-agree-all]');
    if (all instanceof HTMLElement) {
      all.hidden = false;
      all.addEventListener('click', () => {
        const rows = this.rows().filter((row) => !row.classList.contains('out') && this.box(row)?.disabled === false && !this.dirty(row) && !row.hasAttribute('data-missing'));
        if (rows.length) this.agree(rows, this.form.dataset.agreed);
      });
    }
    window.addEventListener('online', () => this.again());
    window.addEventListener('focus', () => this.again()); // signed in again in another tab
    // A cell that is still being typed when the page goes.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'hidden') return;
      this.remember();
      const rows = this.rows().filter((row) => this.dirty(row));
      if (rows.length) void fetch(this.form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: this.body(rows), keepalive: true }).then((r) => r.ok && r.json().then((s) => this.show(s, this.typed(rows), rows)), () => {});
    });
    window.addEventListener('beforeunload', (e) => {
      if (this.waiting.size && !this.held) e.preventDefault();
    });
    this.restore();
  }

  /** Keeps in this browser what the server does not have. */
  remember() {
    /** @type {Record<string, import('./grid-kept.js').KeptRow>} */
    const rows = {};
    for (const row of this.rows()) {
      if (this.dirty(row)) rows[row.dataset.id ?? ''] = { version: hidden(row, 'v|')?.value ?? '', values: this.values(row) };
    }
    this.held = this.kept.put(rows);
  }

  /** Brings back what was typed before and never saved, and saves it; where the cell has changed since, the person chooses. */
  restore() {
    const back = [];
    for (const [id, kept] of Object.entries(this.kept.get())) {
      const row = this.rows().find((r) => r.dataset.id === id);
      if (!row) continue;
      const now = this.values(row);
      if (JSON.stringify({ ...now, ...kept.values }) === JSON.stringify(now)) continue;
      if (hidden(row, 'v|')?.value === kept.version) {
        this.fill(row, kept.values);
        back.push(row);
      } else {
        this.choose(row, `${this.form.dataset.unsaved}: ${Object.values(kept.values).filter(Boolean).join(', ') || '—'}. `, now, kept.values);
      }
    }
    if (back.length) void this.save(back, this.form.dataset.restored);
  }

  /** @param {HTMLTableRowElement} row */
  box(row) {
    return /** @type {HTMLInputElement|null} */ (row.querySelector('input[name^="ok|"]'));
  }

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {string} [said]
   */
  agree(rows, said) {
    for (const row of rows) {
      const box = this.box(row);
      if (box) box.checked = true;
    }
    return this.save(rows, said);
  }

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {boolean} [clear] send the fields empty: take the round's value back
   */
  body(rows, clear) {
    const out = new URLSearchParams();
    out.set('vong', /** @type {HTMLInputElement} */ (this.form.elements.namedItem('vong')).value);
    for (const row of rows) {
      for (const c of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll('[name]'))) {
        if (c.type === 'checkbox' && (!c.checked || clear)) continue;
        out.set(c.name, clear && c.type !== 'hidden' ? '' : c.value);
      }
    }
    return out;
  }

  /**
   * Saves rows, all or none. Saves follow one another, so that each knows the
   * versions that the one before it made.
   * @param {HTMLTableRowElement[]} rows
   * @param {string} [said]
   * @param {{undo?: boolean, clear?: boolean}} [how]
   */
  save(rows, said, how = {}) {
    if (!rows.length) return this.queue;
    const before = rows.map((row) => ({ row, values: this.saved.get(row) ?? {}, own: this.own.get(row) ?? this.box(row)?.disabled ?? true }));
    for (const row of rows) this.mark(row, 'saving');
    this.say(this.form.dataset.saving ?? '');
    this.queue = this.queue.then(() => this.send(rows, before, said, how));
    return this.queue;
  }

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {Step[]} before
   * @param {string|undefined} said
   * @param {{undo?: boolean, clear?: boolean}} how
   */
  async send(rows, before, said, how) {
    /** @type {State} */
    let state;
    let status = 0;
    const sent = rows.map((row) => JSON.stringify(this.values(row)));
    try {
      const answer = await fetch(this.form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: this.body(rows, how.clear) });
      status = answer.status;
      state = await answer.json();
    } catch {
      for (const row of rows) {
        this.waiting.add(row);
        this.mark(row, 'failed');
      }
      this.remember();
      this.say(this.form.dataset.failed ?? '', true);
      setTimeout(() => this.again(), 8000);
      return;
    }
    for (const row of rows) this.clear(row);
    if (status === 200) {
      // What was typed on while the save was under way stays, and is saved next.
      const still = rows.filter((row, i) => !how.clear && JSON.stringify(this.values(row)) !== sent[i]);
      this.show(state, [...still, ...this.typed(rows)], rows);
      for (const row of rows) {
        this.waiting.delete(row);
        this.pasted.delete(row);
        this.mark(row, 'saved');
      }
      this.remember();
      if (!how.undo) this.steps.push(before);
      this.offer();
      this.say(said ? `${said}.` : `${this.form.dataset.saved} ${state.saved}`);
      return;
    }
    for (const row of rows) this.mark(row, 'failed');
    this.remember();
    if (status === 401) {
      for (const row of rows) this.waiting.add(row);
      this.say(`${this.form.dataset.session ?? ''} `, true);
      return this.said.append(link(this.form.dataset.signin ?? '', `/dang-nhap?tiep=${encodeURIComponent(location.pathname + location.search)}`));
    }
    if (state.code === 'stale' && state.criterion) return this.conflict(state, rows);
    if (rows.length > 1) for (const row of rows) this.waiting.add(row);
    this.say(rows.length > 1 ? (this.form.dataset.refused ?? '') : (state.faults?.[0]?.text ?? state.text ?? ''), true);
    for (const fault of state.faults ?? []) this.refuse(rows, fault);
  }

  /**
   * Hands the sheet in once every cell is saved; a cell that is refused is shown
   * instead, for what is handed in is what the server has.
   * @param {HTMLFormElement} form
   */
  async handIn(form) {
    await this.queue;
    await this.save(this.rows().filter((row) => this.dirty(row)));
    const left = this.rows().filter((row) => this.dirty(row));
    if (!left.length) return form.submit();
    this.say(form.dataset.handIn ?? '', true);
    const wrong = this.controls(left[0]).find((c) => c.hasAttribute('aria-invalid')) ?? this.controls(left[0])[0];
    wrong?.focus();
    wrong?.scrollIntoView({ block: 'center' });
  }

  /** Sends what could not be sent. */
  again() {
    const rows = [...this.waiting].filter((row) => this.dirty(row));
    this.waiting.clear();
    if (rows.length) void this.save(rows);
  }

  /** Takes back a pasted block: out of the cells, or out of what was saved. */
  async unpaste() {
    await this.queue;
    if (!this.pasted.size) return this.undo();
    for (const row of this.pasted) {
      this.revert(row);
      this.mark(row, '');
    }
    this.pasted.clear();
    this.say(`${this.form.dataset.undone ?? ''}.`);
  }

  /** Looks at the server's state again, after what is being saved: a file was attached. */
  look() {
    this.queue = this.queue.then(async () => {
      const answer = await fetch(this.form.action, { headers: { Accept: 'application/json', ...following } });
      if (answer.ok) this.show(await answer.json(), this.typed([]), []);
    }, () => {});
    return this.queue;
  }

  /**
   * Something was written on the year: a colleague saved, or this page did.
   * @param {number} newest
   */
  heard(newest) {
    // What this page saved itself is known once it is answered.
    void this.queue.then(() => newest > this.newest && this.look());
  }

  /**
   * A colleague changed a cell that is being typed in here: both are shown, and
   * the version stays the one that was seen, so that nothing is saved over the
   * colleague's before one has chosen.
   * @param {HTMLTableRowElement} row
   * @param {Row} theirs
   */
  crossed(row, theirs) {
    const mine = this.values(row);
    const now = theirs.values ?? {};
    const shown = Object.values(now).filter(Boolean).join(', ') || '—';
    const known = (/** @type {() => void} */ then) => () => {
      this.known(row, theirs);
      then();
    };
    this.choose(row, `${this.form.dataset.theirs}: ${shown}. `, now, mine, known);
  }

  /**
   * The row is as the server has it, apart from its controls.
   * @param {HTMLTableRowElement} row
   * @param {Row} s
   */
  known(row, s) {
    const version = hidden(row, 'v|');
    if (version) version.value = String(s.version);
    const base = hidden(row, 'g|');
    if (base) base.value = s.base;
    if (s.values) this.saved.set(row, { ...this.values(row), ...s.values });
  }

  /**
   * @param {State} state
   * @param {HTMLTableRowElement[]} keep rows whose controls are not to be touched
   * @param {HTMLTableRowElement[]} mine rows that this page saved, or knows to be in conflict
   */
  show(state, keep, mine) {
    this.newest = Math.max(this.newest, state.newest ?? 0);
    for (const tr of this.table.querySelectorAll('tr[data-id]')) {
      const row = /** @type {HTMLTableRowElement} */ (tr);
      const s = state.rows[row.dataset.id ?? ''];
      if (!s) continue;
      points(row, s.points);
      row.toggleAttribute('data-missing', s.missing);
      row.toggleAttribute('data-differs', s.differs);
      row.toggleAttribute('data-lacking', s.lacking);
      row.classList.toggle('needs', s.needs);
      const prior = row.querySelector('[data-prior]');
      if (prior instanceof HTMLElement) {
        prior.hidden = !s.prior;
        const text = prior.querySelector('span');
        if (text) text.textContent = s.prior;
      }
      files(row, s);
      const version = hidden(row, 'v|');
      if (!version) continue;
      if (keep.includes(row) && !mine.includes(row) && version.value !== String(s.version)) {
        this.crossed(row, s);
        continue;
      }
      const changed = version.value !== String(s.version) && !mine.includes(row);
      this.own.set(row, s.own);
      const box = this.box(row);
      if (box) {
        box.checked = s.ok;
        box.disabled = s.own;
        const other = s.own && !s.ok;
        box.closest('label')?.toggleAttribute('hidden', other);
        row.querySelector('[data-other]')?.toggleAttribute('hidden', !other);
      }
      if (s.values && !keep.includes(row)) {
        const at = document.activeElement;
        for (const c of this.controls(row)) if (c === at && c.value.trim() !== (this.saved.get(row)?.[c.name] ?? '')) delete s.values[c.name];
        this.fill(row, s.values);
      }
      this.known(row, s);
      if (changed) this.flash(row);
    }
    const foot = this.table.tFoot?.rows[0];
    if (foot) points(foot, state.totals);
    // The tabs of the rounds carry the totals as well.
    document.querySelectorAll('.tabs-rounds li').forEach((tab, i) => {
      const count = tab.querySelector('.count');
      if (count) count.textContent = state.totals[i]?.text ?? '';
    });
    for (const [key, n] of Object.entries(state.counts)) {
      for (const place of document.querySelectorAll(`[data-count="${key}"]`)) place.textContent = String(n);
    }
  }

  /**
   * Somebody else changed the cell: both values, and the choice.
   * @param {State} state
   * @param {HTMLTableRowElement[]} rows
   */
  conflict(state, rows) {
    const row = rows.find((r) => r.dataset.id === state.criterion);
    if (!row) return this.say(state.text ?? '', true);
    const mine = this.values(row);
    this.show(state, [...rows, ...this.typed(rows)], rows);
    this.choose(row, `${this.form.dataset.theirs}: ${state.theirs}. `, state.rows[row.dataset.id ?? ''].values ?? {}, mine);
    this.say(state.text ?? '', true);
  }

  /**
   * Says at a cell that two values stand against each other, and lets the person choose.
   * @param {HTMLTableRowElement} row
   * @param {string} text
   * @param {Values} theirs
   * @param {Values} mine
   * @param {(then: () => void) => () => void} [first] what comes before either choice
   */
  choose(row, text, theirs, mine, first = (then) => then) {
    const error = /** @type {HTMLElement} */ (row.querySelector('[data-error]'));
    error.textContent = text;
    const acts = document.createElement('span');
    acts.className = 'acts';
    acts.append(
      action(this.form.dataset.take ?? '', first(() => {
        this.fill(row, theirs);
        this.clear(row);
        this.remember();
        this.say('');
      })),
      action(this.form.dataset.keep ?? '', first(() => {
        this.fill(row, mine);
        this.clear(row);
        void this.save([row]);
      })),
    );
    error.append(acts);
    error.hidden = false;
  }

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {{field?: string, text: string}} fault
   */
  refuse(rows, fault) {
    const field = fault.field ?? '';
    const row = rows.find((r) => field.startsWith(`${r.dataset.id}/`));
    if (!row) return;
    const id = row.dataset.id ?? '';
    const name = field.slice(id.length + 1);
    const control = this.controls(row).find((c) => c.name === (name === 'reason' ? `l|${id}` : `${id}|${name}`));
    control?.setAttribute('aria-invalid', 'true');
    if (name === 'reason') {
      row.classList.add('needs');
      this.say(this.form.dataset.reason ?? '', true);
      if (rows.length === 1 && document.activeElement instanceof HTMLElement && !document.activeElement.closest('.cell[name^="l|"]')) control?.focus();
      return;
    }
    const error = /** @type {HTMLElement} */ (row.querySelector('[data-error]'));
    error.textContent = error.hidden ? fault.text : `${error.textContent} ${fault.text}`;
    error.hidden = false;
  }

  /** @param {HTMLTableRowElement} row */
  clear(row) {
    const error = row.querySelector('[data-error]');
    if (error instanceof HTMLElement) {
      error.hidden = true;
      error.textContent = '';
    }
    for (const c of this.controls(row)) c.removeAttribute('aria-invalid');
  }

  /** @param {HTMLTableRowElement} row */
  revert(row) {
    this.fill(row, this.saved.get(row) ?? {});
    this.clear(row);
    this.waiting.delete(row);
    this.remember();
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {'saving'|'saved'|'failed'|''} what
   */
  mark(row, what) {
    const state = row.querySelector('[data-state]');
    if (state) state.className = `cell-state ${what}`;
  }

  /**
   * @param {string} text
   * @param {boolean} [failed]
   */
  say(text, failed = false) {
    if (!this.said) return;
    this.said.textContent = text;
    this.said.classList.toggle('failed', failed);
  }

  /**
   * A colleague's change is seen coming in.
   * @param {HTMLTableRowElement} row
   */
  flash(row) {
    row.classList.remove('came');
    void row.offsetWidth; // begins the animation anew
    row.classList.add('came');
  }

  offer() {
    if (this.undoButton instanceof HTMLElement) this.undoButton.hidden = this.steps.length === 0;
  }

  /** Takes the last save back. */
  undo() {
    const step = this.steps.pop();
    this.offer();
    if (!step) return;
    for (const { row, values } of step) this.fill(row, values);
    const mine = step.filter((s) => s.own).map((s) => s.row);
    const taken = step.filter((s) => !s.own).map((s) => s.row);
    void this.save(mine, this.form.dataset.undone, { undo: true });
    void this.save(taken, this.form.dataset.undone, { undo: true, clear: true });
  }
}

/**
 * @param {HTMLTableRowElement} row
 * @param {Point[]} all
 */
function points(row, all) {
  row.querySelectorAll('td.pt').forEach((td, i) => {
    const p = all[i];
    const text = td.querySelector('[data-text]');
    const diff = td.querySelector('[data-diff]');
    if (!p || !text || !diff) return;
    text.textContent = p.text;
    diff.textContent = p.diff;
    diff.className = `diff ${p.tone}`;
    td.classList.toggle('taken', p.quiet);
  });
}

/**
 * @param {HTMLTableRowElement} row
 * @param {Row} s
 */
function files(row, s) {
  const n = row.querySelector('[data-files]');
  if (n) n.textContent = String(s.files);
  const lack = row.querySelector('[data-lack]');
  if (lack instanceof HTMLElement && s.files > 0) {
    lack.className = 'tag good';
    lack.textContent = String(s.files);
  }
}

/**
 * @param {HTMLTableRowElement} row
 * @param {string} prefix
 */
function hidden(row, prefix) {
  return /** @type {HTMLInputElement|null} */ (row.querySelector(`input[name^="${prefix}"][type="hidden"]`));
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function action(text, act) {
  const b = document.createElement('button');
  b.type = 'button';
  b.className = 'btn small';
  b.textContent = text;
  b.addEventListener('click', act);
  return b;
}

/**
 * @param {string} text
 * @param {string} href
 */
function link(text, href) {
  const a = document.createElement('a');
  a.href = href;
  a.textContent = text;
  return a;
}

/** @param {HTMLTableElement} table */
function filters(table) {
  const nav = document.querySelector('[data-filters]');
  nav?.addEventListener('click', (e) => {
    const link = /** @type {HTMLElement} */ (e.target).closest('a');
    if (!link || /** @type {MouseEvent} */ (e).ctrlKey || /** @type {MouseEvent} */ (e).metaKey) return;
    e.preventDefault();
    for (const other of nav.querySelectorAll('a')) other.toggleAttribute('aria-current', false);
    link.setAttribute('aria-current', 'true');
    history.replaceState(null, '', link.href);
    const attribute = /** @type {Record<string, string>} */ ({ chua: 'data-missing', khac: 'data-differs', thieu: 'data-lacking' })[link.dataset.key ?? ''];
    for (const row of table.querySelectorAll('tr.leaf')) row.classList.toggle('out', attribute !== undefined && !row.hasAttribute(attribute));
  });
}

const form = document.querySelector('form.sheet-form');
if (form instanceof HTMLFormElement) start(form);
