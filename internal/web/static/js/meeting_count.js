// Entering a count: each line says at once whether its figures can be true, and
// a teller who waits for the other sees it without reloading. The server checks
// all of it again.

const form = document.querySelector('form[data-count]');

if (form instanceof HTMLFormElement) {
  /** @param {string} name */
  const value = (name) => {
    const field = form.elements.namedItem(name);
    const text = field instanceof HTMLInputElement ? field.value.trim() : '';
    return /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const check = () => {
    const most = form.dataset.count === 'hands' ? Number(form.dataset.present) : value('valid');
    for (const line of form.querySelectorAll('.count-lines > li')) {
      const said = line.querySelector('[data-sum]');
      const yes = line.querySelector('input[name^="yes-"]');
      if (!(said instanceof HTMLElement) || !(yes instanceof HTMLInputElement)) continue;
      const a = value(yes.name);
      const b = value(yes.name.replace(/^yes-/, 'no-'));
      said.textContent = '';
      delete said.dataset.over;
      if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(most)) continue;
      if (a + b > most) {
        said.dataset.over = '1';
        said.textContent = `${a} + ${b} = ${a + b} > ${most}: ${form.dataset.over}`;
      } else if (a + b < most) {
        said.textContent = (form.dataset.words ?? '').replace('{n}', String(most - a - b));
      }
    }
  };
  form.addEventListener('input', check);
  check();

  if (document.querySelector('[data-waiting]')) {
    let touched = false;
    form.addEventListener('input', () => {
      touched = true;
    });
    const ask = setInterval(async () => {
      if (touched || document.hidden) return;
      try {
        const answer = await fetch(location.href, { headers: { Accept: 'application/json' } });
        if (!answer.ok) return;
        const now = await answer.json();
        if (now.state !== 'open' || now.tellers > 1) {
          clearInterval(ask);
          location.reload();
        }
      } catch {
        // No network for a moment: the next round asks again.
      }
    }, 8000);
  }
}
