/** What the page sends, as `mount.py`, `frames.py`, `count.py`, `stream.py` and the drawings' `data` write it. */

/** What hover says of a layer: a heading, and rows of label and value. */
export type Fact = [heading: string, rows: [label: string, value: string][]];

/** A column of the layer axis; `field` is its receptive field, and it stands for `times` equal layers. */
export type Column = [path: string, fact: number, field: number, block: string | null, times: number];

/** An operation of a block, with its box in the drawing. */
export type Operation = [path: string, fact: number, x: number, y: number, width: number, height: number];

/** A track under the net: the value of each column, of which `scale` is as high as a row. */
export interface Track {
  name: string;
  unit: string;
  top: number;
  values: number[];
  scale: number;
  heading: string;
  working: string;
}

interface Drawn {
  svg: string;
  title: string;
  width: number;
  height: number;
  facts: Fact[];
  /** Which nets of the run stand on it. */
  nets?: number[];
}

/** A net on the layer axis; `places` are the left edge and width of each column, where they are not alike. */
export interface AxisData extends Drawn {
  kind: "axis";
  gutter: number;
  plot: number;
  slots: number;
  places: [left: number, width: number][] | null;
  brace: number;
  row: number;
  tracks: Track[];
  /** The row in which norms are drawn. */
  norms: { top: number; height: number } | null;
  items: Column[];
}

/** A block, or the windows of a receptive field, which have no operations. */
export interface BlockData extends Drawn {
  kind: "block" | "field";
  items: Operation[];
}

export type FigureData = AxisData | BlockData;

/** Steps of a net: their numbers from 0, losses in nats, first/last ratios, and packed norms; null is not finite. */
export interface Steps {
  steps: number[];
  loss: (number | null)[];
  ratio: (number | null)[];
  norms: string;
}

/** What is new of a net: `from` is how many steps come before; `ended`: no more will come. */
export interface News extends Steps {
  from: number;
  ended: boolean;
}

/** A net of a run; its line is `width` thick. */
export interface NetData extends Steps {
  title: string;
  residual: boolean;
  columns: number;
  width: number;
  ended: boolean;
}

/** What the row under the net shows; `still`: of one moment; `note` stands there while there is nothing, `none` for no number. */
export interface Shown {
  title: string;
  unit: string;
  short: string;
  still: boolean;
  note: string;
  none: string;
}

export interface RunData {
  nets: NetData[];
  running: boolean;
  /** Whether it is to be played from its first step. */
  plays: boolean;
  track: Shown;
  /** Of a run that goes on: its number of steps, the loss of guessing, and where it is told. */
  last?: number;
  chance?: number;
  source?: string;
  /** Its name, the step it opens at (0: by itself), and whether the page is told of another one. */
  name?: string;
  at?: number;
  tells?: boolean;
}

/** A number with its formula. */
export interface CountData {
  key: string;
  label: string;
  value: number;
  text: string;
  formula: string;
  note: string;
  limit: { most: number; text: string } | null;
}

export interface PageData {
  figures: FigureData[];
  run: RunData | null;
  counts: CountData[];
  /** Whether blocks open and stages fold at a click, the block that is open, and what the page scrolls to. */
  opens: boolean;
  folds: boolean;
  opened?: string;
  reveal?: number;
}

/** The picture of the front door: a net as heights and shades of its layers and the blocks over which an arc goes. */
export interface DoorData {
  kind: "door";
  title: string;
  look: string;
  /** The picture for those who do not see it, and what its chart shows. */
  words: string;
  axis: string;
  nets: { title: string; name: string; residual: boolean; loss: (number | null)[] }[];
  chance: number;
  bars: [height: number, shade: string][];
  arcs: [first: number, last: number][];
}

/** What the page is told: a block or stage that was clicked, a step, a stream that is lost or over, a script alone. */
export interface Triggers {
  block: string;
  stage: string;
  step: string;
  lost: true;
  ended: true;
  alone: true;
}

export type Tell = <Name extends keyof Triggers>(name: Name, value: Triggers[Name]) => void;
