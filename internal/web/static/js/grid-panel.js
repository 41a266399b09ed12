// "Vì sao?" beside the grid: the page of a figure's reason is fetched and its
// content shown in the panel; its forms (evidence, explanation) are sent from
// there. Without this script the links simply lead to that page.

/**
 * @param {HTMLFormElement} form the sheet's
 * @param {() => Promise<void>} changed called when something was attached or said
 */
export function panel(form, changed) {
  const aside = document.getElementById('panel');
  if (!aside) return;
  /** @type {HTMLElement|null} */
  let opener = null;
  let address = '';

  /** @param {string} href */
  const open = async (href) => {
    address = href;
    aside.hidden = false;
    aside.setAttribute('aria-busy', 'true');
    const answer = await fetch(href, { headers: { Accept: 'text/html' } }).catch(() => null);
    aside.removeAttribute('aria-busy');
    if (address !== href) return; // another one was opened meanwhile
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('vi-sao') : null;
    if (!page) {
      location.assign(href);
      return;
    }
    aside.replaceChildren(closer(), document.importNode(page, true));
    const part = href.split('#')[1];
    const to = part ? aside.querySelector(`#${CSS.escape(part)}`) : null;
    if (to) to.scrollIntoView({ block: 'nearest' });
    else aside.scrollTop = 0;
    aside.focus({ preventScroll: true });
  };

  const close = () => {
    aside.hidden = true;
    aside.replaceChildren();
    address = '';
    opener?.focus();
  };

  const closer = () => {
    const b = document.createElement('button');
    b.type = 'button';
    b.className = 'btn small close';
    b.textContent = aside.dataset.close ?? '';
    b.addEventListener('click', close);
    return b;
  };

  document.addEventListener('click', (e) => {
    const link = /** @type {HTMLElement} */ (e.target).closest('a[data-why]');
    if (!(link instanceof HTMLAnchorElement) || e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return;
    e.preventDefault();
    if (form.contains(link)) opener = link;
    void open(link.href);
  });
  aside.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') close();
  });
  aside.addEventListener('submit', (e) => {
    const sent = /** @type {HTMLFormElement} */ (e.target);
    if (!sent.hasAttribute('data-panel')) return;
    e.preventDefault();
    void send(sent).then(async (done) => {
      if (!done) return;
      await open(address);
      await changed();
    });
  });
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<boolean>}
 */
async function send(form) {
  const button = form.querySelector('button');
  if (button) button.disabled = true;
  let text = '';
  try {
    const files = form.enctype === 'multipart/form-data';
    const data = new FormData(form);
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: files ? data : new URLSearchParams(/** @type {any} */ (data)) });
    if (answer.ok) return true;
    const body = await answer.json();
    text = (body.faults ?? []).map((/** @type {{text: string}} */ f) => f.text).join(' ') || body.text;
  } catch {
    text = document.querySelector('form.sheet-form')?.getAttribute('data-failed') ?? '';
  }
  if (button) button.disabled = false;
  let error = form.querySelector('[data-error]');
  if (!error) {
    error = document.createElement('p');
    error.className = 'cell-error';
    form.append(error);
  }
  error.textContent = text;
  /** @type {HTMLElement} */ (error).hidden = false;
  error.setAttribute('role', 'alert');
  return false;
}
