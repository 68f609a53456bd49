// @ts-check
/** @import { News } from "./data.js" */

/** A first message comes at once, unless something on the way keeps it. */
const PATIENCE_MS = 3000;
/** Between two tries while the server does not answer. */
const REST_MS = 1000;

/** How a stream is over: with the runs, off after it was heard, or never heard. @typedef {"ended" | "broken" | "lost"} How */

/** What is new of a run, told by the server; where that cannot be heard, the page is asked to draw instead. */
export class Stream {
  /**
   * @param {string} address relative to the page
   * @param {(news: News[]) => void} onNews
   * @param {(how: How) => void} onOver
   */
  constructor(address, onNews, onOver) {
    this.address = new URL(address, document.baseURI);
    this.onNews = onNews;
    this.onOver = onOver;
    this.heard = false;
    this.timer = setTimeout(() => this.over("lost"), PATIENCE_MS);
    this.source = this.open();
  }

  open() {
    let failed = false;
    const source = new EventSource(this.address);
    source.onopen = () => {
      failed = false;
    };
    source.onmessage = (event) => {
      clearTimeout(this.timer);
      this.heard = true;
      this.onNews(JSON.parse(event.data));
    };
    source.addEventListener("end", () => this.over("ended"));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.over(this.heard ? "broken" : "lost");
      else if (failed && this.heard) this.rest();
      failed = true;
    };
    return source;
  }

  /** The browser itself would try again at once, and for ever. */
  rest() {
    this.close();
    this.timer = setTimeout(() => {
      this.source = this.open();
    }, REST_MS);
  }

  /** @param {How} how */
  over(how) {
    this.close();
    this.onOver(how);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
