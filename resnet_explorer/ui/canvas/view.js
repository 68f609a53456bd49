// The component: keeps its drawings across updates, and tells the page which block was clicked.

class View {
  constructor(host) {
    this.host = host;
    this.figures = [];
    this.sources = [];
    this.sheet = null;
    this.watch = new ResizeObserver(() => this.refit());
    this.watch.observe(host);
  }

  update(data, tell) {
    this.tell = tell;
    this.host.classList.toggle("rx-night", night(this.host));
    this.host.classList.toggle("rx-folds", data.folds);
    if (data.counts.length || this.counts) this.count(data.counts);
    if (Boolean(data.run) !== Boolean(this.player)) this.rebuild(data);
    this.draw(data);
    if (data.run) this.run(data.run);
  }

  count(counts) {
    this.counts ??= new Counts(this.host);
    this.host.prepend(this.counts.row);
    this.counts.set(counts);
  }

  draw(data) {
    const several = data.figures.length > 1;
    const sources = data.figures.map((figure) => figure.svg);
    if (sources.join() !== this.sources.join()) {
      this.replace(data, several);
      this.sources = sources;
      this.form = null;
    }
    this.host.classList.toggle("rx-several", several && !data.run);
    this.figures.forEach((figure, i) => (figure.data.nets = data.figures[i].nets));
    for (const figure of this.figures) enclose(figure, data.opened);
    this.reveal(data.reveal);
  }

  // The page scrolls to what a click has just opened, once, and no further than it must.
  reveal(number) {
    if (!number || number === this.revealed) return;
    this.revealed = number;
    requestAnimationFrame(() => this.host.scrollIntoView({ block: "nearest", behavior: still() ? "auto" : "smooth" }));
  }

  // The page must not jump while there is nothing: the room is kept.
  replace(data, several) {
    const moves = !data.run && !still();
    const before = this.figures.map((figure) => (figure.axis && figure.ratio ? { drawn: moves && geometry(figure), place: place(figure) } : null));
    this.host.style.minHeight = `${this.host.offsetHeight}px`;
    for (const figure of this.figures) figure.close();
    this.figures = data.figures.map((figure) => new Figure(this.host, figure, data.opens ? (path) => this.tell("block", path) : null, several));
    this.figures.forEach((figure, i) => {
      if (!figure.axis || !figure.ratio) return;
      labelled(figure);
      if (data.folds) foldable(figure, (stage) => this.tell("stage", stage));
      if (before[i]) put(figure, before[i].place);
      if (before[i]?.drawn) new Morph(before[i].drawn, figure);
    });
    this.host.style.minHeight = "";
    for (const figure of this.figures) figure.scroll.addEventListener("scroll", () => this.along(figure));
  }

  // Figures of the same columns go along where one is scrolled.
  along({ scroll, columns }) {
    for (const other of this.figures)
      if (columns && other.columns?.slots === columns.slots && Math.abs(other.scroll.scrollLeft - scroll.scrollLeft) > 1) other.scroll.scrollLeft = scroll.scrollLeft;
  }

  rebuild(data) {
    this.player?.close();
    this.curves?.close();
    this.player = data.run ? new Player(this.host, (frame) => this.frame(frame), (step) => this.tell("step", step)) : null;
    this.curves = data.run ? new Curves(this.host) : null;
    if (this.player) this.host.prepend(this.player.bar);
  }

  // Reruns of a page bring the same data again: decode it once.
  run(run) {
    const form = JSON.stringify(run);
    if (form === this.form) return;
    this.form = form;
    this.told = run;
    this.nets = run.nets.map((net) => joined(null, net));
    this.listen();
    this.redraw();
  }

  listen() {
    this.stream?.close();
    const { source } = this.told;
    this.stream = source ? new Stream(source, (news) => this.hear(news), (how) => this.over(how)) : null;
  }

  hear(news) {
    const nets = news.map((net, i) => joined(this.nets[i], net));
    if (nets.includes(null)) return this.listen(); // something was lost on the way: from the start again
    this.nets = nets;
    this.due ??= requestAnimationFrame(() => this.redraw());
  }

  // The page runs again, and finds out what is so now; after a break it may send the same to be listened to anew.
  over(how) {
    if (how === "broken") this.form = null;
    this.tell(how === "lost" ? "lost" : "ended", true);
  }

  redraw() {
    cancelAnimationFrame(this.due);
    this.due = null;
    this.current = new Run({ ...this.told, nets: this.nets });
    this.host.append(this.curves.box);
    this.curves.set(this.current);
    this.player.set(this.current);
  }

  frame(frame) {
    for (const figure of this.figures) {
      figure.norms?.set(this.current, frame, this.player.fixed);
      if (figure.at !== null) figure.show(figure.at);
    }
    this.curves.mark(frame);
  }

  refit() {
    for (const figure of this.figures) figure.fit();
    this.curves?.fit();
  }

  close() {
    cancelAnimationFrame(this.due);
    this.stream?.close();
    this.watch.disconnect();
    this.player?.close();
    this.counts?.close();
    for (const figure of this.figures) figure.close();
  }
}

// Whether the page's background is dark.
function night(host) {
  const probe = host.ownerDocument.createElement("i");
  probe.style.color = getComputedStyle(host).getPropertyValue("--st-background-color").trim() || "white";
  host.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

const VIEWS = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!VIEWS.has(parentElement)) VIEWS.set(parentElement, new View(parentElement.querySelector(".rx-root")));
  const view = VIEWS.get(parentElement);
  view.update(data, setTriggerValue);
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
