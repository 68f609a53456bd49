// What lights up under the pointer: an operation of a block, or a column of the axis.

function outline(figure, i) {
  figure.frame.setAttribute("visibility", i === null ? "hidden" : "visible");
  if (i === null) return;
  const [, , x, y, width, height] = figure.data.items[i];
  const attributes = { x: x - 2.5, y: y - 2.5, width: width + 5, height: height + 5 };
  for (const [key, value] of Object.entries(attributes)) figure.frame.setAttribute(key, value);
}

// One column through all tracks: a band, its bars, and its number over each.
function light(figure, i) {
  const { data } = figure;
  figure.lit.replaceChildren();
  figure.values.replaceChildren();
  for (const each of figure.svg.querySelectorAll(".on")) each.classList.remove("on");
  figure.band.setAttribute("visibility", i === null ? "hidden" : "visible");
  if (i === null) return;
  const [x, width] = figure.columns.places[i];
  const band = { x, y: 24, width, height: data.height - 30 };
  for (const [key, value] of Object.entries(band)) figure.band.setAttribute(key, value);
  figure.svg.querySelector(`[data-i="${i}"]`)?.classList.add("on");
  const block = data.items[i][3];
  if (block) for (const arc of figure.svg.querySelectorAll(".arc[data-block]")) arc.classList.toggle("on", arc.dataset.block === block);
  const { slot } = figure.columns;
  const gap = Math.min(3, 0.16 * slot);
  for (const track of data.tracks) {
    const height = (data.row * track.values[i]) / track.scale;
    const top = track.top + data.row - height;
    make("rect", { x: figure.columns.middle(i) - (slot - gap) / 2, y: top, width: slot - gap, height }, figure.lit);
    const centre = Math.min(figure.left + figure.plotWidth - 22, Math.max(figure.left + 22, figure.x(figure.columns.middle(i))));
    make("text", { x: centre, y: top - 4, class: "mid b halo" }, figure.values).textContent = short(track.values[i]) + track.unit;
  }
  figure.norms?.mark(i);
}

// A frame around the columns of the block that is open, if it is one of these.
function enclose(figure, block) {
  figure.enclosed?.remove();
  const { columns, data } = figure;
  const inside = data.items.flatMap((item, i) => (figure.axis && block && item[3] === block ? [i] : []));
  if (!inside.length) return;
  const [x, y] = [columns.left(inside[0]), 22];
  const box = { x, y, width: columns.right(inside.at(-1)) - x, height: data.brace + 4 - y };
  figure.enclosed = make("rect", { class: "opened", ...box }, figure.plot);
}
