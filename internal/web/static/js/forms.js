// Forms: the summary of errors is read first, a form is sent once, a filter
// applies as soon as it is chosen.
import { word } from './words.js';

/** Wires the forms of the page. */
export function forms() {
  const errors = document.querySelector('[data-focus]');
  if (errors instanceof HTMLElement) errors.focus();

  document.addEventListener('submit', (e) => {
    const form = /** @type {HTMLFormElement} */ (e.target);
    if (e.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) {
      e.preventDefault(); // pressed twice
      return;
    }
    form.dataset.sent = '1';
    const button = e.submitter;
    if (!(button instanceof HTMLButtonElement) || button.closest('.sheet-menu')) return;
    // After the browser has read the form: a disabled button would not be sent.
    setTimeout(() => {
      button.setAttribute('aria-disabled', 'true');
      if (button.classList.contains('go')) {
        button.dataset.was = button.textContent ?? '';
        button.textContent = word('sending');
      }
    });
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      form.removeAttribute('data-sent');
      for (const button of form.querySelectorAll('button[aria-disabled]')) {
        button.removeAttribute('aria-disabled');
        if (button instanceof HTMLElement && button.dataset.was) button.textContent = button.dataset.was;
      }
    }
  });
  for (const select of document.querySelectorAll('select[data-go]')) {
    select.addEventListener('change', () => /** @type {HTMLSelectElement} */ (select).form?.requestSubmit());
  }
}
