// @ts-check
import { Axis } from "./axis.js";
import { Block } from "./block.js";
import { Counts } from "./counts.js";
import { Cuts } from "./cuts.js";
import { still } from "./dom.js";
import { foldable, look, sight } from "./folds.js";
import { labelled } from "./labels.js";
import { geometry, Morph } from "./morph.js";
import { arrange, together } from "./numbers.js";
import { fitted } from "./paper.js";
import { Replay } from "./replay.js";

/** @import { FigureData, PageData, Tell } from "./data.js" */
/** @import { Run } from "./pure/run.js" */

/** Figures that are scrolled as far, in pixels, are not moved. */
const SAME = 1;

/** The drawings of a component, kept across updates of the page, which is told of clicks. */
export class View {
  /**
   * @param {HTMLElement} host
   * @param {Tell} tell
   */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    /** @type {(Axis | Block)[]} */
    this.figures = [];
    /** The drawings as they came. */
    this.sources = "";
    /** @type {Counts | null} */
    this.counts = null;
    /** @type {Replay | null} */
    this.replay = null;
    /** What the page has scrolled to. */
    this.revealed = 0;
    this.leave = fitted(host, () => this.refit());
    together(host, () => this.numbers());
  }

  /** All over its drawings and beside their names: together they are one Tab stop. */
  numbers() {
    return [this, ...this.figures].flatMap(({ counts }) => counts?.numbers() ?? []);
  }

  /**
   * @param {PageData} data
   * @param {Tell} tell
   */
  update(data, tell) {
    this.tell = tell;
    this.host.classList.toggle("rx-folds", data.folds);
    this.count(data);
    if (Boolean(data.run) !== Boolean(this.replay)) this.turn(data);
    this.draw(data);
    if (data.run) this.replay?.set(data.run);
    const numbers = this.numbers();
    const focused = numbers.findIndex((each) => each.matches(":focus"));
    arrange(numbers, Math.max(0, focused));
  }

  /** @param {PageData} data */
  count({ counts }) {
    if (!counts.length && !this.counts) return;
    this.counts ??= new Counts(this.host);
    this.host.prepend(this.counts.row);
    this.counts.set(counts);
  }

  /**
   * From drawings alone to those of a run, or back.
   * @param {PageData} data
   */
  turn({ run }) {
    this.replay?.close();
    const frame = (/** @type {Run} */ now, /** @type {number} */ at, /** @type {boolean} */ fixed) =>
      this.frame(now, at, fixed);
    this.replay = run ? new Replay(this.host, frame, (name, value) => this.tell(name, value)) : null;
  }

  /** @param {PageData} data */
  draw(data) {
    const sources = data.figures.map((figure) => figure.svg).join();
    if (sources !== this.sources) {
      this.replace(data);
      this.sources = sources;
      this.replay?.forget();
    }
    this.host.classList.toggle("rx-several", data.figures.length > 1 && !data.run);
    this.figures.forEach((figure, i) => {
      if (!(figure instanceof Axis)) return;
      figure.nets = data.figures[i].nets ?? [];
      figure.enclose(data.opened ?? "");
    });
    this.reveal(data.reveal ?? 0);
  }

  /**
   * The page scrolls to what a click has just opened, once, and no further than it must.
   * @param {number} number
   */
  reveal(number) {
    if (!number || number === this.revealed) return;
    this.revealed = number;
    const behavior = still() ? "auto" : "smooth";
    requestAnimationFrame(() => this.host.scrollIntoView({ block: "nearest", behavior }));
  }

  /**
   * The page must not jump while there is nothing: the room is kept.
   * @param {PageData} data
   */
  replace(data) {
    const moves = !data.run && !still();
    const before = this.figures.map((figure) => {
      if (!(figure instanceof Axis && figure.fitted)) return null;
      return {
        cut: figure.cuts?.focused() ?? -1,
        seen: sight(figure),
        drawn: moves ? geometry(figure, figure.fitted) : null,
      };
    });
    this.host.style.minHeight = `${this.host.offsetHeight}px`;
    for (const figure of this.figures) figure.close();
    this.figures = data.figures.map((figure) => this.figure(figure, data));
    this.figures.forEach((figure, i) => {
      const was = before[i];
      if (!was || !(figure instanceof Axis && figure.fitted)) return;
      look(figure, was.seen);
      figure.cuts?.focus(was.cut);
      if (was.drawn) new Morph(was.drawn, figure, figure.fitted);
    });
    this.host.style.minHeight = "";
    for (const figure of this.figures)
      if (figure instanceof Axis) figure.scroll.addEventListener("scroll", () => this.along(figure));
  }

  /**
   * @param {FigureData} drawn
   * @param {PageData} data
   */
  figure(drawn, { figures, opens, folds, cuts }) {
    const several = figures.length > 1;
    if (drawn.kind !== "axis") {
      const ends = figures.map((each) => (each.kind === "axis" ? 0 : (each.narrow?.[2] ?? 0)));
      return new Block(this.host, drawn, several || drawn.kind === "block", Math.max(...ends));
    }
    const axis = new Axis(this.host, drawn, several, opens ? (path) => this.tell("block", path) : null);
    labelled(axis);
    if (folds) foldable(axis, (stage) => this.tell("stage", stage));
    if (cuts && (!several || axis.data.cuts.some(({ on }) => on)))
      axis.cuts = new Cuts(axis.scroll, axis.data.cuts, {
        box: (i) => axis.over(i),
        cut: (blocks) => this.tell("cut", blocks),
        seen: () => axis.show(null),
      });
    return axis;
  }

  /**
   * Figures of the same columns go along where one is scrolled.
   * @param {Axis} axis
   */
  along({ scroll, columns }) {
    for (const other of this.figures) {
      if (!(other instanceof Axis) || other.columns.slots !== columns.slots) continue;
      if (Math.abs(other.scroll.scrollLeft - scroll.scrollLeft) > SAME) other.scroll.scrollLeft = scroll.scrollLeft;
    }
  }

  /**
   * @param {Run} run
   * @param {number} frame
   * @param {boolean} fixed
   */
  frame(run, frame, fixed) {
    for (const figure of this.figures) {
      if (figure instanceof Axis) figure.norms?.set(run, figure.nets, frame, fixed);
      if (figure.at !== null) figure.show(figure.at);
    }
  }

  refit() {
    for (const figure of this.figures) figure.fit();
    this.replay?.fit();
  }

  close() {
    this.leave();
    this.replay?.close();
    this.counts?.close();
    for (const figure of this.figures) figure.close();
  }
}
