// @ts-check

/**
 * The path below which the service stands, when it shares a host with others.
 *
 * @returns {string} `/mediane`, or nothing
 */
export function root() {
  return globalThis.document?.documentElement?.dataset?.root ?? "";
}
