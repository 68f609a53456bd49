// @ts-check
import { hiding, shared } from "./address.js";
import { element, set } from "./dom.js";
import { panel, pressed } from "./panel.js";

/** @import { ShareData, Tell } from "./data.js" */

const TOLD_MS = 3000;
const TYPED = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** What sends a view to others: a button that copies its link at once, and a panel with its QR code. */
export class Share {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    host.classList.add("rx-share");
    this.copier = pressed("Copy link", host, () => this.copy());
    this.opener = pressed("QR code", host, () => this.turn());
    this.opener.title = "The link as a code to photograph; the key Q does the same.";
    this.said = element("span", "rx-unseen", host);
    set(this.said, { role: "status" });
    /** @type {ShareData | null} */
    this.data = null;
    /** Names of controls that the link is to hide. @type {Set<string>} */
    this.chosen = new Set();
    this.panel = panel(host, "This view, to send or to show");
    this.panel.addEventListener("keydown", ({ key, target }) => {
      if (key.toLowerCase() === "q" && target !== this.field) this.turn();
    });
    this.image = element("img", "rx-share-code", this.panel);
    this.image.onerror = () => this.note("This link is too long for a QR code that can be photographed.");
    const side = element("div", "rx-share-side", this.panel);
    this.field = element("textarea", "rx-share-address", side);
    set(this.field, { readonly: "", rows: 4, "aria-label": "Link" });
    this.field.onfocus = () => this.field.select();
    this.notes = element("p", "", side);
    const row = element("div", "rx-share-row", side);
    this.again = pressed("Copy link", row, () => this.copy());
    this.again.autofocus = true;
    pressed("Close", row, () => this.turn());
    this.more = element("details", "rx-share-hide", side);
    element("summary", "", this.more, "Hide controls for an exercise");
    this.parts = element("div", "rx-share-parts", this.more);
    /** Until the button has its name again. @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.listeners = new AbortController();
    document.addEventListener("keydown", (event) => this.key(event), { signal: this.listeners.signal });
  }

  /**
   * @param {ShareData} data
   * @param {Tell} _tell
   */
  update(data, _tell) {
    this.data = data;
    this.host.classList.toggle("rx-share-presented", data.presented);
    mark();
    if (this.panel.open) this.show();
  }

  address() {
    if (!this.data) return location.href;
    return shared(location.href, this.data, this.panel.open ? [...this.chosen].sort() : hiding(location.href));
  }

  async copy() {
    const text = this.address();
    const done = await copied(text, this.panel.open ? this.panel : this.host);
    if (!done) {
      if (!this.panel.open) this.turn();
      this.field.select();
      this.note("The browser lets no page copy here. The link is selected: Ctrl+C copies it.");
      return;
    }
    const told = copiedFor(this.data);
    this.said.textContent = told;
    for (const each of [this.copier, this.again]) each.textContent = told;
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.said.textContent = "";
      for (const each of [this.copier, this.again]) each.textContent = "Copy link";
    }, TOLD_MS);
  }

  /** Opens the panel, or closes it. */
  turn() {
    if (this.panel.open) return this.panel.close();
    this.chosen = new Set(hiding(location.href));
    this.list();
    this.panel.showModal();
    this.show();
  }

  /** The controls of the page, to hide, where it has some. */
  list() {
    this.more.hidden = !this.data?.parts.length;
    this.parts.replaceChildren();
    for (const [name, label] of this.data?.parts ?? []) {
      const line = element("label", "", this.parts);
      const box = element("input", "", line);
      box.type = "checkbox";
      box.checked = this.chosen.has(name);
      box.onchange = () => {
        if (box.checked) this.chosen.add(name);
        else this.chosen.delete(name);
        this.show();
      };
      element("code", "", line, name);
      if (label !== name) line.append(` ${label}`);
    }
  }

  show() {
    const address = this.address();
    if (this.field.value === address) return;
    this.field.value = address;
    this.note(this.data?.note ?? "");
    this.image.src = new URL(`${this.data?.code}?of=${encodeURIComponent(address)}`, document.baseURI).href;
    this.image.alt = `QR code of ${address}`;
  }

  /** @param {string} text */
  note(text) {
    this.notes.textContent = text;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const [at] = event.composedPath();
    if (event.key.toLowerCase() !== "q" || TYPED.has(/** @type {Element} */ (at).tagName ?? "")) return;
    event.preventDefault();
    this.turn();
  }

  close() {
    this.listeners.abort();
    clearTimeout(this.later);
    this.host.replaceChildren();
  }
}

/** A main figure that is no picture of ours is marked as one here: pictures do it themselves. */
function mark() {
  const figure = document.querySelector(".st-key-main_figure");
  figure?.toggleAttribute("data-main-figure", !figure.querySelector(".stBidiComponent"));
}

/**
 * What was copied, in words.
 * @param {ShareData | null} data
 */
function copiedFor(data) {
  if (data?.host) return "Copied for the room";
  return data?.note ? "Copied for this machine" : "Copied";
}

/**
 * Whether a text could be copied: browsers have a clipboard on https and on this machine alone, and an older way elsewhere.
 * @param {string} text
 * @param {HTMLElement} at
 */
async function copied(text, at) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const root = /** @type {Document | ShadowRoot} */ (at.getRootNode());
    const before = /** @type {HTMLElement | null} */ (root.activeElement);
    const holder = element("textarea", "rx-unseen", at);
    holder.value = text;
    holder.select();
    const done = document.execCommand("copy");
    holder.remove();
    before?.focus();
    return done;
  }
}
