// The few words that scripts say, given by the page in the reader's language.

/**
 * @param {string} name
 * @returns {string}
 */
export function word(name) {
  return document.getElementById('words')?.dataset[name] ?? '';
}
