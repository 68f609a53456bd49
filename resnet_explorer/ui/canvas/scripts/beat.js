// @ts-check
import { element } from "./dom.js";
import { aimed, next } from "./pure/beats.js";

/** @import { BeatData, Tell } from "./data.js" */

const CHANNEL = "resnet-explorer-talk";
/** A finger that moves as far to a side, in pixels, turns to the next beat. */
const SWIPE = 60;
/** So long, in milliseconds, a beat that was asked for is waited for. */
const LASTS = 10_000;
/** So long nothing else is asked for: a run of the page that is interrupted by the next one is answered by neither. */
const ANSWER = 3000;

/** The beat that was asked for, as long as another one is shown. @type {{ talk: string, to: number, until: number } | null} */
let wanted = null;
/** The one that the page was asked for, which has not answered yet. @type {{ to: number, until: number } | null} */
let asked = null;
/** The ears of the one that was taken away last, which hears keys until the next one is there. @type {AbortController | null} */
let gone = null;

/** The sentence of a beat, where it stands in its talk, and what to say; keys, clicker and finger lead on. */
export class Beat {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.listeners = new AbortController();
    gone?.abort();
    gone = asked = null;
    host.classList.add("rx-beat");
    this.back = this.button("‹", "Previous beat", -1);
    this.said = element("p", "rx-beat-says", host);
    this.said.setAttribute("aria-live", "polite");
    this.place = element("span", "rx-beat-place", host);
    this.on = this.button("›", "Next beat", 1);
    this.noted = element("button", "rx-fix", host, "Notes (N)");
    this.noted.onclick = () => this.show(Boolean(this.notes.hidden));
    this.notes = element("aside", "rx-beat-notes", host);
    this.notes.hidden = true;
    /** @type {BeatData | null} */
    this.data = null;
    /** Where a finger came down, unless that was on a slider. @type {number | null} */
    this.from = null;
    const { signal } = this.listeners;
    document.addEventListener("keydown", (event) => this.key(event), { signal });
    document.addEventListener("touchstart", (event) => this.touch(event), { signal, passive: true });
    document.addEventListener("touchend", (event) => this.lift(event), { signal, passive: true });
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.follow(data);
  }

  /**
   * @param {string} text
   * @param {string} label
   * @param {number} by
   */
  button(text, label, by) {
    const made = element("button", "rx-beat-turn", this.host, text);
    made.setAttribute("aria-label", label);
    made.onclick = () => this.turn(by);
    return made;
  }

  /**
   * @param {BeatData} data
   * @param {Tell} tell
   */
  update(data, tell) {
    this.tell = tell;
    const moved = data.at !== this.data?.at;
    this.data = data;
    this.host.classList.toggle("rx-alone", data.alone);
    this.said.textContent = data.says;
    this.place.textContent = `${data.at + 1} / ${data.count}`;
    this.back.disabled = data.at === 0;
    this.on.disabled = data.at === data.count - 1;
    this.notes.replaceChildren();
    element("h2", "", this.notes, data.title);
    for (const text of data.notes.split(/\n{2,}/)) element("p", "", this.notes, text);
    if (data.source) element("p", "rx-beat-source", this.notes, `Source: ${data.source}`);
    const link = element("a", "", this.notes, "These notes in a window of their own");
    link.target = "_blank";
    link.href = `${location.href.split("#")[0]}&notes=1`;
    link.hidden = data.alone;
    this.show(data.alone || !this.notes.hidden);
    if (moved) this.channel?.postMessage({ talk: data.talk, at: data.at });
    if (asked?.to === data.at) asked = null;
    if (!asked && this.awaited === data.at) wanted = null;
    this.ask();
  }

  /** The beat of its talk that is waited for, if any. */
  get awaited() {
    if (wanted?.talk !== this.data?.talk || performance.now() > (wanted?.until ?? 0)) return null;
    return wanted?.to ?? null;
  }

  /** Asks for it, one beat after the other, and each new figure again: what the one before asked may not have been heard. */
  ask() {
    const [to, now] = [this.awaited, performance.now()];
    if (to === null || (asked && now < asked.until) || gone === this.listeners) return;
    asked = { to, until: now + ANSWER };
    this.tell("turn", String(to));
  }

  /** @param {boolean} on whether the notes are shown */
  show(on) {
    this.notes.hidden = !on;
    this.noted.setAttribute("aria-pressed", String(on));
  }

  /** @param {number} by */
  turn(by) {
    const to = this.data && next({ ...this.data, at: this.awaited ?? this.data.at }, by);
    if (typeof to === "number") this.go(to);
  }

  /** @param {number} to */
  go(to) {
    wanted = { talk: this.data?.talk ?? "", to, until: performance.now() + LASTS };
    this.ask();
  }

  /** Whether it is gone and its talk has been left: then it hears nothing any more. */
  over() {
    const over = gone === this.listeners && !location.search.includes("talk=");
    if (over) this.listeners.abort();
    return over;
  }

  /**
   * Another window of this browser has turned.
   * @param {{ talk: string, at: number }} told
   */
  follow({ talk, at }) {
    if (talk === this.data?.talk && at !== this.data.at && this.awaited === null) this.go(at);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.over() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const [at] = event.composedPath();
    const by = aimed(event.key, /** @type {Element} */ (at).tagName ?? "");
    if (by === "notes") this.show(Boolean(this.notes.hidden));
    else if (by) this.turn(by);
    else return;
    event.preventDefault();
  }

  /** @param {TouchEvent} event */
  touch(event) {
    const [at] = event.composedPath();
    this.from = /** @type {Element} */ (at).tagName === "INPUT" ? null : (event.touches[0]?.clientX ?? null);
  }

  /** @param {TouchEvent} event */
  lift(event) {
    const by = this.from === null ? 0 : (event.changedTouches[0]?.clientX ?? this.from) - this.from;
    if (Math.abs(by) > SWIPE && !this.over()) this.turn(by < 0 ? 1 : -1);
  }

  close() {
    gone = this.listeners;
    this.channel?.close();
    this.host.replaceChildren();
  }
}
