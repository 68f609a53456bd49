// @ts-check
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "http://127.0.0.1/app/page" });
/** What tells that it is printed. */
const paper = new EventTarget();

/** A page without a layout of its own, and what scripts have set going in it. The latest one is in the browser. */
export class Page {
  /**
   * @param {number} width the room for drawings, in pixels
   * @param {{ still?: boolean }} how whether the visitor wants no motion
   */
  constructor(width = 1132, { still = true } = {}) {
    this.window = window;
    /** Where drawings begin in the window. */
    this.corner = { left: 0, top: 0 };
    this.width = width;
    /** @type {Map<number, FrameRequestCallback>} */
    this.due = new Map();
    this.calls = 0;
    /** @type {{ node: Element, frames: Record<string, unknown[]> }[]} */
    this.animated = [];
    /** @type {Source[]} */
    this.sources = [];
    /** @type {(() => void)[]} */
    this.resized = [];
    /** @type {ScrollIntoViewOptions[]} */
    this.scrolled = [];
    window.document.documentElement.style.fontSize = "";
    this.parent = window.document.createElement("div");
    window.document.body.replaceChildren(this.parent);
    this.host = window.document.createElement("div");
    this.host.className = "rx-root";
    this.parent.append(this.host);
    this.measures();
    this.globals(still);
  }

  /** What a browser measures: a card is 200 by 80, all else as wide as the page. */
  measures() {
    const sizes = {
      clientWidth: () => this.width,
      clientHeight: () => 400,
      offsetWidth: () => 200,
      offsetHeight: () => 80,
      scrollWidth: () => Math.max(this.width, ...this.attributes("svg", "width").map(Number)),
    };
    for (const [name, get] of Object.entries(sizes))
      Object.defineProperty(window.HTMLElement.prototype, name, { configurable: true, get });
    const drawn = /** @type {any} */ (window.SVGElement.prototype);
    drawn.getBBox = () => ({ x: 0, y: 0, width: 100, height: 12 });
    const { prototype } = window.Element;
    prototype.getBoundingClientRect = () => /** @type {any} */ ({ ...this.corner, width: 0 });
    prototype.scrollIntoView = (/** @type {any} */ how) => this.scrolled.push(how);
    const { animated } = this;
    prototype.animate = function (/** @type {any} */ frames) {
      animated.push({ node: this, frames });
      return /** @type {any} */ ({ finished: new Promise(() => {}), cancel: () => {} });
    };
  }

  /**
   * What scripts find in a browser.
   * @param {boolean} still
   */
  globals(still) {
    const page = this;
    Object.assign(globalThis, {
      document: window.document,
      addEventListener: window.addEventListener.bind(window),
      ShadowRoot: window.ShadowRoot,
      MutationObserver: window.MutationObserver,
      getComputedStyle: window.getComputedStyle.bind(window),
      matchMedia: (/** @type {string} */ query) => (query === "print" ? paper : { matches: still }),
      requestAnimationFrame: (/** @type {FrameRequestCallback} */ call) => {
        page.calls += 1;
        page.due.set(page.calls, call);
        return page.calls;
      },
      cancelAnimationFrame: (/** @type {number} */ id) => page.due.delete(id),
      ResizeObserver: class {
        /** @param {() => void} call */
        constructor(call) {
          page.resized.push(call);
        }
        observe() {}
        disconnect() {}
      },
      EventSource: class extends Source {
        /** @param {URL} address */
        constructor(address) {
          super(address);
          page.sources.push(this);
        }
      },
    });
  }

  /**
   * What takes out of the page, and back to it empty, what `close` is told of then.
   * @param {() => void} close
   */
  leaving(close) {
    return () => {
      this.parent.remove();
      close();
      window.document.body.append(this.parent);
    };
  }

  /**
   * The page is laid out for paper, or again for the screen.
   * @param {boolean} matches
   */
  print(matches) {
    if (matches) window.dispatchEvent(new window.Event("beforeprint"));
    paper.dispatchEvent(Object.assign(new Event("change"), { matches }));
    if (!matches) window.dispatchEvent(new window.Event("afterprint"));
  }

  /**
   * Draws the frames that are due.
   * @param {number} now
   */
  frame(now = performance.now()) {
    const calls = [...this.due.values()];
    this.due.clear();
    for (const call of calls) call(now);
  }

  /**
   * The first element that fits.
   * @param {string} selector
   */
  find(selector) {
    const found = this.host.querySelector(selector);
    if (!found) throw new Error(`There is no ${selector} on the page.`);
    return /** @type {HTMLElement & SVGElement} */ (found);
  }

  /**
   * The texts of all elements that fit.
   * @param {string} selector
   */
  texts(selector) {
    return [...this.host.querySelectorAll(selector)].map((node) => node.textContent);
  }

  /**
   * An attribute of each element that fits.
   * @param {string} selector
   * @param {string} name
   */
  attributes(selector, name) {
    return [...this.host.querySelectorAll(selector)].map((node) => node.getAttribute(name));
  }

  /**
   * @param {string} selector
   * @param {string} name of a mouse or pointer event
   * @param {MouseEventInit} where
   */
  point(selector, name, where = {}) {
    this.find(selector).dispatchEvent(new this.window.MouseEvent(name, { bubbles: true, ...where }));
  }

  /**
   * @param {string} selector
   * @param {string} key
   * @param {KeyboardEventInit} held
   */
  press(selector, key, held = {}) {
    const event = new this.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
    this.find(selector).dispatchEvent(event);
    return event.defaultPrevented;
  }
}

/** A stream of events that a test sends. */
export class Source {
  static CLOSED = 2;

  /** @param {URL} address */
  constructor(address) {
    this.address = String(address);
    this.readyState = 1;
    this.closed = false;
    /** @type {(() => void) | null} */
    this.onopen = null;
    /** @type {((event: { data: string }) => void) | null} */
    this.onmessage = null;
    /** @type {(() => void) | null} */
    this.onerror = null;
    /** @type {Record<string, () => void>} */
    this.heard = {};
  }

  /**
   * @param {string} name
   * @param {() => void} call
   */
  addEventListener(name, call) {
    this.heard[name] = call;
  }

  /** @param {unknown} data */
  send(data) {
    this.onmessage?.({ data: JSON.stringify(data) });
  }

  /** @param {number} state */
  fail(state) {
    this.readyState = state;
    this.onerror?.();
  }

  close() {
    this.closed = true;
  }
}
