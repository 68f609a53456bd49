// @ts-check
import { element } from "./dom.js";
import { plain, visit } from "./followed.js";
import { arrange, together } from "./numbers.js";

/** @import { WaysData } from "./kinds.js" */

/** What the links to all pages hold of the view, where they are shown. @type {string | null} */
let view = null;

/** The view that the front door's links hold, as the end of an address: its own address has none. */
export const held = () => view;

/** Links that the page follows without being loaded anew; with Ctrl, Shift or the middle button the browser does. */
export class Ways {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.form = "";
  }

  /** @param {WaysData} data */
  update({ groups }) {
    const form = JSON.stringify(groups);
    if (form === this.form) return; // what has the focus keeps it
    this.form = form;
    this.host.replaceChildren();
    const all = groups.find(({ look }) => look === "pages")?.links[0];
    view = all ? new URL(all[0], document.baseURI).search : null;
    for (const { look, title, links } of groups) {
      const group = element("div", `rx-ways rx-ways-${look}`, this.host);
      if (title) element("b", "", group, title);
      for (const link of links) this.link(group, look === "doors", link);
      if (look !== "nets") continue;
      const row = [...group.querySelectorAll("a")];
      arrange(row, 0);
      together(group, () => row);
    }
  }

  /**
   * @param {HTMLElement} group
   * @param {boolean} door  whose words stand under it
   * @param {[href: string, label: string, words: string]} link
   */
  link(group, door, [href, label, words]) {
    const box = door ? element("div", "rx-door-box", group) : group;
    const made = element("a", "", box, label);
    made.href = href;
    made.onclick = (event) => {
      if (!plain(event)) return;
      event.preventDefault();
      visit(made.href);
    };
    if (door) element("p", "", box, words);
    else if (words) made.title = words;
  }

  close() {
    view = null;
    this.host.replaceChildren();
  }
}
