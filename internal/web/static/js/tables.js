// Tables: headings sort (table[data-sort]), a search box filters the rows of
// the table it names (input[data-filter]).
import { word } from './words.js';

/**
 * Wires the tables and filters of the page, or of a part of it.
 * @param {ParentNode} [part]
 */
export function tables(part = document) {
  for (const table of part.querySelectorAll('table[data-sort]')) sortable(/** @type {HTMLTableElement} */ (table));
  for (const input of part.querySelectorAll('input[data-filter]')) filter(/** @type {HTMLInputElement} */ (input));
}

const order = new Intl.Collator('vi', { numeric: true });

/** @param {HTMLTableElement} table */
function sortable(table) {
  const body = table.tBodies[0];
  if (!body || body.querySelector('.group')) return; // rows under headings keep their order
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    if (!head.textContent?.trim() || head.dataset.sort === 'no' || head.colSpan > 1) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      button.title = word(up ? 'ascending' : 'descending');
      const rows = [...body.rows].filter((row) => !row.classList.contains('total'));
      const totals = [...body.rows].filter((row) => row.classList.contains('total'));
      rows.sort((a, b) => compare(a.cells[column], b.cells[column]) * (up ? 1 : -1));
      body.append(...rows, ...totals);
    });
  });
}

/**
 * @param {HTMLTableCellElement | undefined} a
 * @param {HTMLTableCellElement | undefined} b
 */
function compare(a, b) {
  const x = a?.dataset.value ?? '';
  const y = b?.dataset.value ?? '';
  if (x !== '' && y !== '' && !Number.isNaN(Number(x)) && !Number.isNaN(Number(y))) return Number(x) - Number(y);
  if ((x === '') !== (y === '') && (a?.dataset.value !== undefined || b?.dataset.value !== undefined)) return x === '' ? -1 : 1;
  return order.compare(x || (a?.textContent ?? '').trim(), y || (b?.textContent ?? '').trim());
}

/**
 * Text as it is searched: no marks, small letters; the server folds alike.
 * @param {string} s
 */
export function fold(s) {
  return s.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[\u0111\u0110]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** @param {HTMLInputElement} input */
function filter(input) {
  const target = document.getElementById(input.dataset.filter ?? '');
  if (!target) return;
  const rows = target instanceof HTMLTableElement ? [...(target.tBodies[0]?.rows ?? [])] : /** @type {HTMLElement[]} */ ([...target.children]);
  const texts = rows.map((row) => fold(row.textContent ?? ''));
  const none = document.createElement('p');
  none.className = 'quiet';
  none.setAttribute('role', 'status');
  (target.closest('.table') ?? target).after(none);
  input.addEventListener('input', () => {
    const want = fold(input.value);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !texts[i].includes(want);
      if (!row.hidden) shown++;
    });
    none.textContent = shown ? '' : word('none');
  });
}
