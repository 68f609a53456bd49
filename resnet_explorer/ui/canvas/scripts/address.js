// @ts-check
/** The link of a view, out of the address of the page that shows it. */

const HIDE = "hide";

/**
 * The address for others: without what says how the page is shown, with that host where there is one, and with those
 * controls hidden.
 * @param {string} href
 * @param {{ frame: string[], host: string }} to
 * @param {string[]} hidden
 */
export function shared(href, { frame, host }, hidden) {
  const url = new URL(href);
  url.hash = "";
  for (const name of frame) url.searchParams.delete(name);
  if (host) url.hostname = host;
  url.searchParams.delete(HIDE);
  if (hidden.length) url.searchParams.set(HIDE, hidden.join(","));
  return url.href.replaceAll("%2C", ",");
}

/**
 * What an address hides.
 * @param {string} href
 */
export function hiding(href) {
  return (new URL(href).searchParams.get(HIDE) ?? "").split(",").filter(Boolean);
}
