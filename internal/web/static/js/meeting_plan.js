// The agenda of a new meeting: a button adds a line.

const field = document.querySelector('.agenda-lines');
const add = field?.querySelector('[data-add-line]');
const lines = field?.querySelector('[data-lines]');

if (field && add instanceof HTMLElement && lines instanceof HTMLInputElement) {
  add.hidden = false;
  add.querySelector('button')?.addEventListener('click', () => {
    const all = field.querySelectorAll('.agenda-line');
    const last = all[all.length - 1];
    const n = all.length;
    const next = /** @type {HTMLElement} */ (last.cloneNode(true));
    for (const el of next.querySelectorAll('.error')) el.remove();
    for (const el of next.querySelectorAll('[name], [id], [for]')) {
      for (const name of ['name', 'id', 'for']) {
        const value = el.getAttribute(name);
        if (value) el.setAttribute(name, value.replace(/-\d+$/, `-${n}`));
      }
      if (el instanceof HTMLInputElement) el.value = '';
    }
    last.after(next);
    lines.value = String(n + 1);
    next.querySelector('input')?.focus();
  });
}
