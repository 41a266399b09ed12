// Moving through the grid and pasting blocks, as in a spreadsheet.

/**
 * @param {HTMLTableElement} table
 * @param {import('./grid.js').Grid} grid
 */
export function keys(table, grid) {
  // A cell that is gone to must not come to lie under the head, whatever its height.
  const scroller = table.parentElement;
  if (scroller) scroller.style.scrollPaddingTop = `${(table.tHead?.offsetHeight ?? 0) + 8}px`;
  table.addEventListener('focusin', (e) => {
    const control = /** @type {HTMLElement} */ (e.target);
    for (const row of table.querySelectorAll('tr.at')) row.classList.remove('at');
    control.closest('tr')?.classList.add('at');
    if (control instanceof HTMLInputElement && control.classList.contains('cell')) control.select();
  });
  table.addEventListener('keydown', (e) => {
    const at = e.target;
    if (!(at instanceof HTMLInputElement || at instanceof HTMLSelectElement) || e.isComposing) return;
    const cell = at.classList.contains('cell');
    const row = /** @type {HTMLTableRowElement|null} */ (at.closest('tr[data-id]'));
    if (!row) return;
    const to = target(e, at, cell);
    if (to !== null) {
      const next = to === 0 ? null : typeof to === 'number' ? beside(grid, row, at, to) : along(grid, row, at, to === 'right' ? 1 : -1);
      e.preventDefault();
      next?.focus();
    } else if (e.key === 'Escape' && cell) {
      grid.revert(row);
      if (at instanceof HTMLInputElement) at.select();
    } else if (e.key.toLowerCase() === 'z' && (e.ctrlKey || e.metaKey) && !e.shiftKey && (grid.pasted.size || !grid.dirty(row))) {
      e.preventDefault();
      void grid.unpaste();
    }
  });
  table.addEventListener('paste', (e) => {
    const at = e.target;
    const text = e.clipboardData?.getData('text/plain') ?? '';
    if (!(at instanceof HTMLInputElement || at instanceof HTMLSelectElement) || !at.classList.contains('cell')) return;
    if (!/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ''))) return; // one value: as the browser does it
    e.preventDefault();
    block(grid, at, text);
  });
}

/**
 * Where a key leads: down or up by rows, left or right; null for nowhere.
 * @param {KeyboardEvent} e
 * @param {HTMLInputElement|HTMLSelectElement} at
 * @param {boolean} cell
 * @returns {number|'left'|'right'|null}
 */
function target(e, at, cell) {
  if (e.ctrlKey || e.metaKey || e.altKey) return null;
  if (e.key === 'Enter') return e.shiftKey ? -1 : 1;
  if (!cell || e.shiftKey) return null;
  const select = at instanceof HTMLSelectElement;
  if (e.key === 'ArrowDown' && !select) return 1;
  if (e.key === 'ArrowUp' && !select) return -1;
  const start = select || (at.selectionStart === 0 && (at.selectionEnd === 0 || at.selectionEnd === at.value.length));
  const end = select || (at.selectionEnd === at.value.length && (at.selectionStart === at.value.length || at.selectionStart === 0));
  if (e.key === 'ArrowLeft' && start) return 'left';
  if (e.key === 'ArrowRight' && end) return 'right';
  return null;
}

/**
 * @param {import('./grid.js').Grid} grid
 * @returns {HTMLTableRowElement[]}
 */
function shown(grid) {
  return grid.rows().filter((row) => !row.classList.contains('out'));
}

/**
 * The columns of a row that can be filled in: target, result, reason.
 * @param {import('./grid.js').Grid} grid
 * @param {HTMLTableRowElement} row
 */
function columns(grid, row) {
  const cells = grid.controls(row).filter((c) => c.classList.contains('cell'));
  const inColumn = (/** @type {number} */ n) => cells.filter((c) => c.closest('td')?.cellIndex === n);
  return [inColumn(2), inColumn(3), cells.filter((c) => c.closest('td.reason'))];
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {HTMLTableRowElement} row
 * @param {HTMLElement} at
 */
function columnOf(grid, row, at) {
  return Math.max(0, columns(grid, row).findIndex((c) => c.includes(/** @type {HTMLInputElement} */ (at))));
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {HTMLTableRowElement} row
 * @param {HTMLInputElement|HTMLSelectElement} at
 * @param {number} by
 */
function beside(grid, row, at, by) {
  const column = columnOf(grid, row, at);
  const own = columns(grid, row)[column];
  const within = own[own.indexOf(at) + by];
  if (within) return within; // several fields in one cell
  const rows = shown(grid);
  for (let i = rows.indexOf(row) + by; i >= 0 && i < rows.length; i += by) {
    const there = columns(grid, rows[i]);
    const cells = there[column].length ? there[column] : column === 0 ? there[1] : [];
    if (cells.length) return by > 0 ? cells[0] : cells[cells.length - 1];
  }
  return null;
}

/**
 * @param {import('./grid.js').Grid} grid
 * @param {HTMLTableRowElement} row
 * @param {HTMLInputElement|HTMLSelectElement} at
 * @param {number} by
 */
function along(grid, row, at, by) {
  const cells = columns(grid, row).flat();
  return cells[cells.indexOf(at) + by] ?? null;
}

const yes = ['đạt', 'dat', 'có', 'co', 'x', '1', 'true', 'yes', '✓', '✔'];
const no = ['không', 'khong', 'không đạt', 'khong dat', 'kđ', '0', 'false', 'no', '-'];

/**
 * Puts a block of cells in, from a control on to the right and down, and saves
 * all of it at once.
 * @param {import('./grid.js').Grid} grid
 * @param {HTMLInputElement|HTMLSelectElement} at
 * @param {string} text
 */
function block(grid, at, text) {
  const from = /** @type {HTMLTableRowElement} */ (at.closest('tr'));
  const first = columnOf(grid, from, at);
  const rows = shown(grid);
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const changed = [];
  for (let i = 0; i < lines.length; i++) {
    const row = rows[rows.indexOf(from) + i];
    if (!row) break;
    const there = columns(grid, row);
    lines[i].split('\t').forEach((value, j) => {
      const control = there[first + j]?.[0];
      const typed = value.trim();
      if (!control || !typed) return;
      if (control instanceof HTMLSelectElement) {
        const folded = typed.toLowerCase();
        control.value = yes.includes(folded) ? 'true' : no.includes(folded) ? 'false' : control.value;
      } else control.value = typed;
    });
    if (grid.dirty(row)) changed.push(row);
  }
  grid.pasted = new Set(changed);
  void grid.save(changed, grid.form.dataset.pasted);
}
