// Menus and dialogs: a menu closes on a click outside and on Escape.

/** Wires every details.menu and every [data-open] of the page. */
export function menus() {
  // Rows that scroll sideways on a telephone begin at where the person is.
  for (const here of document.querySelectorAll('.sections [aria-current], .tabs [aria-current]')) {
    const row = here.closest('ul');
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = /** @type {HTMLElement} */ (here).offsetLeft - row.offsetLeft - 16;
  }
  const open = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details.menu[open]'));
  document.addEventListener('click', (e) => {
    for (const menu of open()) if (!menu.contains(/** @type {Node} */ (e.target))) menu.open = false;
  });
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('click', (e) => {
    const button = /** @type {Element} */ (e.target).closest('[data-open]');
    if (!(button instanceof HTMLElement)) return;
    const dialog = document.getElementById(button.dataset.open ?? '');
    if (!(dialog instanceof HTMLDialogElement)) return;
    e.preventDefault();
    dialog.showModal();
  });
  document.addEventListener('click', (e) => {
    const close = /** @type {Element} */ (e.target).closest('[data-close]');
    if (close) close.closest('dialog')?.close();
  });
}
