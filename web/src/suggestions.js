// @ts-check
/** Suggestions under the field of the search: an ARIA combobox. Without JavaScript the field is a plain one, and works. */

import { root } from "./root.js";

/** @typedef {{ text: string, kind: string, code: string }} Place */

/** What a screen reader and an eye are told of a suggestion beside its name. */
const KINDS = /** @type {Record<string, string>} */ ({
  departement: "choisir une commune",
  region: "choisir une commune",
  epci: "choisir une commune",
  venue: "lieu d'aide",
});

/** Waits this long after a key, so that a quick typist asks once. */
const PAUSE_MS = 120;

/**
 * How many suggestions there are, for who cannot see them.
 * @param {number} count
 */
export function said(count) {
  if (count === 0) return "Aucune proposition.";
  return count === 1 ? "Une proposition." : `${count} propositions. Flèche bas pour les lire.`;
}

/**
 * The option after or before another, around the ends; -1 is the field itself.
 * @param {number} current
 * @param {number} step
 * @param {number} count
 */
export function moved(current, step, count) {
  const next = current + step;
  if (next < -1) return count - 1;
  return next >= count ? -1 : next;
}

/**
 * Makes the field a combobox.
 * @param {HTMLInputElement} field
 */
export function suggestFor(field) {
  const list = document.createElement("ul");
  list.id = "lieu-propositions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Lieux proposés");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  const box = field.parentElement;
  box?.classList.add("with-suggestions");
  box?.append(list, status);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) {
    field.setAttribute(name, value);
  }

  /** @type {Place[]} */
  let places = [];
  let current = -1;
  /** @type {AbortController | undefined} */
  let asking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  const close = () => {
    asking?.abort();
    clearTimeout(pause);
    list.hidden = true;
    current = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  /** @param {number} to */
  const move = (to) => {
    current = to;
    for (const [i, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(i === current));
      if (i === current) option.scrollIntoView({ block: "nearest" });
    }
    if (current < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[current].id);
  };

  /** @param {Place} place */
  const choose = (place) => {
    close();
    if (place.kind === "venue") {
      location.assign(`${root()}/lieux/${encodeURIComponent(place.code)}`);
      return;
    }
    field.value = place.text;
    field.form?.requestSubmit();
  };

  const show = () => {
    list.replaceChildren(
      ...places.map((place, i) => {
        const option = document.createElement("li");
        option.id = `lieu-proposition-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = place.text;
        const kind = KINDS[place.kind];
        if (kind) option.append(Object.assign(document.createElement("span"), { className: "kind", textContent: ` (${kind})` }));
        // The field keeps the focus: a click must not take it away first.
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(place));
        return option;
      }),
    );
    list.hidden = places.length === 0;
    field.setAttribute("aria-expanded", String(places.length > 0));
    status.textContent = said(places.length);
    move(-1);
  };

  const ask = async () => {
    asking?.abort();
    const text = field.value.trim();
    if (text.length < 2) {
      close();
      return;
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`${root()}/api/places?text=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (!answer.ok) return;
      places = (await answer.json()).places;
      if (document.activeElement === field) show();
    } catch {
      // Aborted, or offline: the plain field stays.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = !list.hidden;
      // What is still being asked for must not open the list again.
      close();
      if (open) event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      move(moved(current, event.key === "ArrowDown" ? 1 : -1, places.length));
      event.preventDefault();
    } else if (event.key === "Enter" && current >= 0) {
      choose(places[current]);
      event.preventDefault();
    }
  });
}
