// The numbers at the head of each track: pointed at, tapped, or reached with the up and down keys, they say how they
// come about.

function labelled(figure) {
  const { tracks } = figure.data;
  if (!tracks.length) return;
  const sides = [...figure.svg.querySelectorAll(".side")].slice(-tracks.length);
  const overs = [...figure.svg.querySelectorAll(".over")];
  const tell = (n) => {
    figure.show(null);
    figure.track = n;
    figure.tip.tell(figure, tracks[n].heading, tracks[n].working, tracks[n].top + figure.data.row + 4);
  };
  const listen = (node, n) => {
    if (!node) return;
    node.classList.add("rx-told");
    node.onpointermove = node.onpointerdown = node.onclick = (event) => {
      event.stopPropagation();
      tell(n);
    };
  };
  tracks.forEach((_, n) => [sides[n], overs[n]].forEach((node) => listen(node, n)));
  figure.scroll.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const from = figure.track ?? (by > 0 ? -1 : tracks.length);
    tell(Math.min(tracks.length - 1, Math.max(0, from + by)));
  });
}
