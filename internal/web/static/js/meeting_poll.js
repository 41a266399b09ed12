// Nominees of a vote: all at once, none, and how many there are.

const tools = document.querySelector('[data-check-all]');
if (tools instanceof HTMLElement) {
  const boxes = () => /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`input[type="checkbox"][name="${tools.dataset.checkAll}"]`));
  const said = tools.querySelector('[data-checked]');
  const count = () => {
    const n = [...boxes()].filter((b) => b.checked).length;
    if (said instanceof HTMLElement) said.textContent = n ? (said.dataset.words ?? '').replace('{n}', String(n)) : '';
  };
  /** @param {boolean} on */
  const all = (on) => {
    for (const b of boxes()) b.checked = on;
    count();
  };
  tools.hidden = false;
  tools.querySelector('[data-all]')?.addEventListener('click', () => all(true));
  tools.querySelector('[data-none]')?.addEventListener('click', () => all(false));
  for (const b of boxes()) b.addEventListener('change', count);
  count();
}
