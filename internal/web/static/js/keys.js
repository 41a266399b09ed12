// "/" goes to the search box, or to the filter of the page.

/** Wires the keys of the page. */
export function keys() {
  document.addEventListener('keydown', (e) => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = /** @type {HTMLElement} */ (e.target);
    if (at.closest('input, textarea, select, [contenteditable]')) return;
    const box = document.querySelector('[data-seek]') ?? document.querySelector('[data-filter]');
    if (!(box instanceof HTMLElement)) return;
    e.preventDefault();
    box.focus();
  });
}
