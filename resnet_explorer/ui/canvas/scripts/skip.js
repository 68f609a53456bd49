// @ts-check
import { once } from "./dom.js";

const MAIN = '[data-testid="stMain"]';
const ID = "main-content";

/** The first stop of the Tab key leads past the bar, to the page (WCAG 2.4.1). */
export function skip() {
  Object.assign(main() ?? {}, { id: ID, tabIndex: -1 });
  begin();
}

const begin = once(() => {
  const link = document.createElement("a");
  link.className = "rx-skip";
  link.href = `#${ID}`;
  link.textContent = "Skip to main content";
  link.onclick = (event) => {
    event.preventDefault(); // with its address the page would have another one
    main()?.focus();
  };
  document.body.prepend(link);
});

function main() {
  return /** @type {HTMLElement | null} */ (document.querySelector(MAIN));
}
