// @ts-check

/**
 * The edition that the page was written from: what the map asks for comes from the same one, whatever is published while
 * somebody looks at it.
 *
 * @returns {string} its id
 */
export function editionOfPage() {
  return document.documentElement.dataset.edition ?? "";
}

/**
 * @param {string} address an address of ours
 * @param {string} edition an id; nothing for the edition in force
 * @returns {string} the same address, naming the edition
 */
export function inEdition(address, edition) {
  return edition ? `${address}${address.includes("?") ? "&" : "?"}edition=${edition}` : address;
}

/**
 * @param {string} search the query of the page
 * @returns {string} what links must go on naming, as the server's do; nothing unless the page's address names an edition
 */
export function namedEdition(search) {
  return new URLSearchParams(search).get("edition") ?? "";
}
