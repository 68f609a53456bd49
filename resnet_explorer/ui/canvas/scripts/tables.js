// @ts-check
const NEW = '[data-testid="stMain"] [data-testid="stMarkdownContainer"] table:not([tabindex])';
/** @type {ResizeObserver} */
let widths;

/** A table of a text scrolls in itself where the screen is too narrow for it (`style.css`): there it is a Tab stop, and arrow keys scroll it. */
export function reach() {
  widths ??= new ResizeObserver((all) => {
    for (const { target } of all) stop(/** @type {HTMLElement} */ (target));
  });
  for (const table of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(NEW))) {
    table.tabIndex = -1;
    widths.observe(table);
  }
}

/** @param {HTMLElement} table */
function stop(table) {
  table.tabIndex = table.scrollWidth > table.clientWidth ? 0 : -1;
}
