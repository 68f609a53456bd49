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
  const pitch = data.plot / data.items.length;
  const band = { x: i * pitch, y: 24, width: pitch, height: data.height - 30 };
  for (const [key, value] of Object.entries(band)) figure.band.setAttribute(key, value);
  figure.svg.querySelector(`[data-i="${i}"]`)?.classList.add("on");
  const block = data.items[i][3];
  if (block) for (const arc of figure.svg.querySelectorAll(".arc[data-block]")) arc.classList.toggle("on", arc.dataset.block === block);
  const gap = Math.min(3, 0.16 * pitch);
  for (const track of data.tracks) {
    const most = Math.max(1, ...track.values);
    const height = (data.row * track.values[i]) / most;
    const top = track.top + data.row - height;
    make("rect", { x: i * pitch + gap / 2, y: top, width: pitch - gap, height }, figure.lit);
    const centre = Math.min(figure.left + figure.plotWidth - 22, Math.max(figure.left + 22, figure.left + (i + 0.5) * figure.pitch));
    make("text", { x: centre, y: top - 4, class: "mid b halo" }, figure.values).textContent = short(track.values[i]) + track.unit;
  }
  figure.norms?.mark(i);
}
