// The roll call, one tap a line: saved at once, said in the line, and the quorum
// follows. Without this each button sends its form and the page comes back.

const list = document.querySelector('.roll-list');

/** @typedef {{status: string, version: number, word: string, who: string, count: string, quorums: {text: string, met: boolean, share: string}[]}} Saved */

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
async function save(form, button) {
  const line = form.closest('.roll-line');
  const said = line?.querySelector('[data-said]');
  if (!(line instanceof HTMLElement) || !(said instanceof HTMLElement) || !(list instanceof HTMLElement)) return;
  if (line.dataset.busy) return;
  line.dataset.busy = '1';
  said.classList.add('saving');
  said.textContent = list.dataset.saving ?? '';
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  if (button?.name) body.append(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
    const saved = await answer.json();
    said.classList.remove('saving');
    if (answer.ok) show(line, saved);
    else if (answer.status === 401) {
      form.dataset.plain = '1'; // sent as a page: the server keeps it while one signs in
      form.requestSubmit(button);
    }
    else said.textContent = saved.text;
  } catch {
    said.classList.remove('saving');
    said.textContent = list.dataset.failed ?? '';
  } finally {
    delete line.dataset.busy;
  }
}

/**
 * @param {HTMLElement} line
 * @param {Saved} saved
 */
function show(line, saved) {
  const said = line.querySelector('[data-said]');
  if (said) said.textContent = '';
  line.classList.remove('present', 'absent', 'substitute');
  line.classList.add(saved.status);
  for (const input of line.querySelectorAll('input[name="version"]')) if (input instanceof HTMLInputElement) input.value = String(saved.version);
  for (const tick of line.querySelectorAll('.roll-tick button')) if (tick instanceof HTMLButtonElement) tick.setAttribute('aria-pressed', String(tick.value === saved.status));
  line.querySelector('summary.tick')?.toggleAttribute('data-chosen', saved.status === 'substitute');
  const who = line.querySelector('[data-who]');
  if (who) who.textContent = saved.who;
  const more = line.querySelector('.roll-more');
  if (more instanceof HTMLDetailsElement) more.open = false;
  const count = document.querySelector('[data-count]');
  if (count) count.textContent = saved.count;
  saved.quorums.forEach((q, i) => {
    const one = document.querySelector(`[data-quorum="${i}"]`);
    const words = one?.querySelector('.quorum-said');
    if (!one || !words) return;
    words.classList.toggle('met', q.met);
    words.classList.toggle('short', !q.met);
    const text = words.querySelector('b');
    if (text) text.textContent = q.text;
    one.querySelector('[data-fill]')?.setAttribute('width', q.share);
  });
  // What stands in the way of closing was said for the roll as it was.
  document.getElementById('vuong-mac')?.remove();
}

if (list) {
  // In the capture phase: the page's own guard against sending twice is for
  // forms that leave the page.
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (!(form instanceof HTMLFormElement) || !list.contains(form) || form.dataset.plain) return;
    e.preventDefault();
    void save(form, e.submitter instanceof HTMLButtonElement ? e.submitter : null);
  }, true);
}
