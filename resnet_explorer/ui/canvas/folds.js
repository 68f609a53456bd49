// Stages whose repeated blocks are drawn once, or one by one: a click on the stage's name, or F, turns it over.

// The stages of a figure that have something to fold, each with its first column.
function folds(figure) {
  return [...figure.svg.querySelectorAll(".stage[data-folds]")].map((node) => ({
    node,
    name: node.dataset.folds,
    first: Number(node.dataset.first),
    folded: "folded" in node.dataset,
  }));
}

function foldable(figure, onStage) {
  const turn = (stage) => {
    figure.turned = figure.data.items[stage.first][0];
    onStage(stage.name);
  };
  for (const stage of folds(figure)) {
    stage.node.onclick = (event) => {
      event.stopPropagation();
      turn(stage);
    };
    make("title", {}, stage.node).textContent = stage.folded ? `Draw each block of ${stage.name}` : `Draw equal blocks of ${stage.name} once`;
  }
  figure.scroll.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey || figure.at === null) return;
    const stage = folds(figure).findLast(({ first }) => first <= figure.at);
    if (stage && !figure.turned) turn(stage);
  });
}

// What the visitor looks at: the stage that was turned over, else the column at the left edge; with its place on the
// screen, the column under the keyboard, and whether the keyboard is here.
function place(figure) {
  const { scroll, data } = figure;
  const edge = figure.columns.before((scroll.scrollLeft / figure.k - figure.left) / figure.ratio);
  const path = figure.turned ?? data.items[edge][0];
  return {
    path,
    x: along(figure, path) - scroll.scrollLeft,
    scrolled: scroll.scrollLeft,
    at: figure.at === null ? null : data.items[figure.at][0],
    focused: scroll.getRootNode().activeElement === scroll,
  };
}

function put(figure, { path, x, scrolled, at, focused }) {
  const found = along(figure, path);
  figure.scroll.scrollLeft = found === null ? scrolled : found - x;
  if (focused) figure.scroll.focus({ preventScroll: true });
  const column = figure.data.items.findIndex((item) => item[0] === at);
  if (focused && column >= 0) figure.show(column);
  figure.slide();
}

function along(figure, path) {
  const column = figure.data.items.findIndex((item) => item[0] === path);
  return column < 0 ? null : figure.x(figure.columns.left(column)) * figure.k;
}
