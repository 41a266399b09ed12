// A long form (form[data-autosave]) is kept in this browser while it is typed,
// and offered again when the page is opened anew. Drafts belong to the account
// and go when it signs out; passwords and files are never kept.
import { word } from './words.js';

const life = 14 * 24 * 3600 * 1000;

/** Wires the forms that are kept. */
export function drafts() {
  const account = document.body.dataset.account;
  if (!account) return;
  const prefix = `draft:${account}:`;
  for (const form of document.querySelectorAll('form[data-sign-out]')) form.addEventListener('submit', () => forget(prefix));
  for (const form of document.querySelectorAll('form[data-autosave]')) keep(/** @type {HTMLFormElement} */ (form), prefix);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} prefix
 */
function keep(form, prefix) {
  const key = prefix + new URL(form.action).pathname + (form.dataset.autosave ? '#' + form.dataset.autosave : '');
  const state = document.createElement('p');
  state.className = 'quiet';
  state.setAttribute('role', 'status');
  form.append(state);

  const saved = read(key);
  const now = JSON.stringify(values(form));
  const failed = document.querySelector('.errors') !== null;
  if (saved && (saved.sent && !failed)) {
    localStorage.removeItem(key); // it was sent, and the page came back without complaint
  } else if (saved && JSON.stringify(saved.values) !== now && !failed) {
    offer(form, key, saved);
  }

  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      write(key, { at: Date.now(), values: values(form), sent: false });
      state.textContent = word('saved');
    }, 600);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    write(key, { at: Date.now(), values: values(form), sent: true });
  });
}

/**
 * @typedef {{at: number, values: Record<string, string[]>, sent: boolean}} Draft
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {Draft} draft
 */
function offer(form, key, draft) {
  const note = document.createElement('div');
  note.className = 'note warn';
  const text = document.createElement('span');
  text.textContent = `${word('draft')} ${new Date(draft.at).toLocaleString(document.documentElement.lang)}.`;
  const acts = document.createElement('span');
  acts.className = 'acts';
  const restore = button(word('restore'), () => {
    fill(form, draft.values);
    note.remove();
    form.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const discard = button(word('discard'), () => {
    localStorage.removeItem(key);
    note.remove();
  });
  acts.append(restore, discard);
  note.append(text, acts);
  form.prepend(note);
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const b = document.createElement('button');
  b.type = 'button';
  b.className = 'btn small';
  b.textContent = text;
  b.addEventListener('click', act);
  return b;
}

/** @param {HTMLFormElement} form */
function values(form) {
  /** @type {Record<string, string[]>} */
  const all = {};
  for (const [name, value] of new FormData(form)) {
    const field = form.elements.namedItem(name);
    if (typeof value !== 'string' || name === 'version' || (field instanceof HTMLInputElement && (field.type === 'password' || field.type === 'hidden'))) continue;
    (all[name] ??= []).push(value);
  }
  return all;
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string[]>} saved
 */
function fill(form, saved) {
  /** @type {Record<string, number>} */
  const used = {};
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) || !field.name) continue;
    const list = saved[field.name] ?? [];
    if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
      field.checked = list.includes(field.value);
    } else if (field instanceof HTMLInputElement && ['password', 'hidden', 'file'].includes(field.type)) {
      continue;
    } else if (list.length > (used[field.name] ?? 0)) {
      field.value = list[used[field.name] ?? 0];
      used[field.name] = (used[field.name] ?? 0) + 1;
    }
  }
}

/**
 * What is kept under a key, unless it is too old.
 * @param {string} key
 * @returns {any}
 */
export function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null');
    return draft && Date.now() - draft.at < life ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Keeps something; false where the browser's store is full or forbidden.
 * @param {string} key
 * @param {{at: number}} draft
 */
export function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} prefix */
function forget(prefix) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
