// The editor of a scoring sheet: the tree by keyboard and by drag, and a check of
// the criterion while it is typed. The server does both; without this module the
// buttons do.

const tree = document.querySelector('.outline');
const place = document.querySelector('form[data-place]');

if (tree instanceof HTMLElement && place instanceof HTMLFormElement) {
  const hint = document.querySelector('[data-keys]');
  if (hint instanceof HTMLElement) hint.hidden = false;

  /**
   * @param {string} id
   * @param {string} what
   * @param {string} [target]
   * @param {string} [where]
   */
  const send = (id, what, target = '', where = '') => {
    for (const [name, value] of Object.entries({ old: id, do: what, target, where })) {
      const input = place.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = value;
    }
    place.submit();
  };

  const rows = () => /** @type {HTMLElement[]} */ ([...tree.querySelectorAll('li[data-id]')]);
  const link = (/** @type {Element|undefined} */ row) => row?.querySelector('a');

  const moves = { ArrowUp: 'len', ArrowDown: 'xuong', ArrowRight: 'vao', ArrowLeft: 'ra' };
  tree.addEventListener('keydown', (e) => {
    const row = e.target instanceof Element ? e.target.closest('li[data-id]') : null;
    if (!(row instanceof HTMLElement) || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const move = moves[/** @type {keyof typeof moves} */ (e.key)];
    if (e.altKey && move) {
      e.preventDefault(); // Alt and ← would leave the page
      send(row.dataset.id ?? '', move);
    } else if (!e.altKey && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
      const all = rows();
      const next = link(all[all.indexOf(row) + (e.key === 'ArrowUp' ? -1 : 1)]);
      if (next) {
        e.preventDefault();
        next.focus();
      }
    }
  });
  // After a move the keyboard goes on at the row that was moved.
  if (location.hash === '#cay') link(tree.querySelector('.here') ?? undefined)?.focus();

  /** @type {HTMLElement|null} */
  let held = null;
  const marks = ['drop-before', 'drop-after', 'drop-inside'];
  const clear = () => {
    for (const row of rows()) row.classList.remove(...marks);
  };
  /** @param {HTMLElement} row @param {DragEvent} e */
  const where = (row, e) => {
    const box = row.getBoundingClientRect();
    const y = (e.clientY - box.top) / box.height;
    return y < 0.3 ? 'before' : y > 0.7 ? 'after' : 'inside';
  };
  for (const row of rows()) {
    row.draggable = true;
    row.addEventListener('dragstart', (e) => {
      held = row;
      row.classList.add('held');
      e.dataTransfer?.setData('text/plain', row.dataset.id ?? '');
    });
    row.addEventListener('dragend', () => {
      held = null;
      row.classList.remove('held');
      clear();
    });
    row.addEventListener('dragover', (e) => {
      if (!held || held === row) return;
      e.preventDefault();
      clear();
      row.classList.add(`drop-${where(row, e)}`);
    });
    row.addEventListener('drop', (e) => {
      if (!held || held === row) return;
      e.preventDefault();
      send(held.dataset.id ?? '', 'dat', row.dataset.id ?? '', where(row, e));
    });
  }
}

const form = document.querySelector('form[data-check]');
const live = form?.querySelector('[data-live]');

if (form instanceof HTMLFormElement && live instanceof HTMLElement) {
  let wait = 0;
  let turn = 0;
  const check = async () => {
    const mine = ++turn;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.set('do', 'xem');
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
      if (!answer.ok || mine !== turn) return;
      /** @type {{told: {tone: string, text: string}[]}} */
      const { told } = await answer.json();
      if (mine !== turn) return;
      live.replaceChildren(
        ...told.map(({ tone, text }) => {
          const line = document.createElement('p');
          line.className = tone;
          line.textContent = text;
          return line;
        }),
      );
    } catch {
      // Without the network nothing is told; saving tells it.
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(wait);
    wait = window.setTimeout(() => void check(), 350);
  });
}
