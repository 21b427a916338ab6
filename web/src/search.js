// @ts-check
/** What needs JavaScript on the search pages: suggestions, locate me, and print. */

import { roundedPosition } from "./position.js";
import { suggestFor } from "./suggestions.js";

const locate = document.getElementById("me-localiser");
const field = document.getElementById("lieu");
const said = document.getElementById("localisation");

if (field instanceof HTMLInputElement) suggestFor(field);

if (locate && said && field instanceof HTMLInputElement && "geolocation" in navigator) {
  locate.parentElement?.removeAttribute("hidden");
  locate.addEventListener("click", () => {
    said.textContent = "Recherche de votre position…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = roundedPosition(coords.longitude, coords.latitude);
        field.form?.submit();
      },
      () => {
        said.textContent = "Votre position n'a pas été communiquée. Écrivez votre commune.";
        field.focus();
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}
