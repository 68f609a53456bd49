// @ts-check
import { element, set } from "./dom.js";
import { MAIN } from "./paper.js";

/** @import { HeadData } from "./kinds.js" */

/** What stands above a printed page, and on no screen: its link, as text and as a code. The style sheet goes by its classes. */
export class Head {
  constructor() {
    this.node = document.createElement("div");
  }

  /**
   * @param {HeadData} data
   * @param {boolean} dark whether the page is
   */
  update({ address, code, blank }, dark) {
    this.node.className = `paper-head${blank ? " paper-blanks" : ""}${dark ? " paper-dark" : ""}`;
    this.node.replaceChildren();
    const words = element("span", "", this.node);
    for (const each of blank ? ["Name", "Date"] : ["ResNet Explorer"]) {
      element("b", "", words, each);
      if (blank) words.append(" ", document.createElement("i"), " ");
    }
    words.append(document.createElement("br"), address);
    // A browser asks for what is not in sight when it prints.
    if (code) set(element("img", "", this.node), { alt: "The link as a QR code", loading: "lazy", src: code });
    if (!this.node.isConnected) document.querySelector(MAIN)?.prepend(this.node);
  }

  close() {
    this.node.remove();
  }
}
