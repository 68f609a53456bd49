// Where the columns of the layer axis stand, in units of the drawing: side by side and alike, or as it places them.

class Columns {
  constructor(data) {
    const width = data.plot / data.items.length;
    this.places = data.places ?? data.items.map((_, i) => [i * width, width]);
    this.slots = data.slots ?? data.items.length;
    this.slot = data.plot / this.slots; // the room of a bar with its gap
    this.narrowest = Math.min(...this.places.map((place) => place[1]));
  }

  left(i) {
    return this.places[i][0];
  }

  width(i) {
    return this.places[i][1];
  }

  right(i) {
    return this.left(i) + this.width(i);
  }

  middle(i) {
    return this.left(i) + this.width(i) / 2;
  }

  // The last column that begins before that place, or the first.
  before(x) {
    return Math.max(0, this.places.findLastIndex(([left]) => left <= x));
  }

  // The column there, or -1 where none is.
  at(x) {
    return this.places.findIndex(([left, width]) => x >= left && x < left + width);
  }
}
