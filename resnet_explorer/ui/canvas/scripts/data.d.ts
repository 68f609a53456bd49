/** What the page sends, as `mount.py`, `frames.py`, `count.py`, `stream.py` and the drawings' `data` write it. */

import type {
  AreaData,
  BeatData,
  ChartData,
  DoorData,
  LaterData,
  PickerData,
  ShareData,
  SketchData,
  StoryData,
  ToolsData,
  WaysData,
} from "./kinds.js";

/** What hover says of a layer: a heading, and rows of label and value. */
export type Fact = [heading: string, rows: [label: string, value: string][]];

/** A column of the layer axis; `field` is its receptive field, `before` that of its input, and it stands for `times` equal layers. */
export type Column = [path: string, fact: number, field: number, block: string | null, times: number, before: number];

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
  /** Numbers beside its title. */
  counts?: CountData[];
  /** Which nets of the run stand on it. */
  nets?: number[];
}

/** The shortcut of a block, or of `blocks` of which the first is drawn: over which columns, where it begins, whether it is there. */
export interface ShortcutData {
  blocks: string;
  first: number;
  last: number;
  foot: number;
  on: boolean;
}

/** A net on the layer axis; `places` are the left edge and width of each column, and where the lines behind it end if there are some, unless all are alike. */
export interface AxisData extends Drawn {
  kind: "axis";
  gutter: number;
  plot: number;
  slots: number;
  places: [left: number, width: number, end?: number][] | null;
  brace: number;
  row: number;
  tracks: Track[];
  /** The row in which norms are drawn. */
  norms: { top: number; height: number } | null;
  cuts: ShortcutData[];
  items: Column[];
}

/** A block, or the windows of a receptive field, which have no operations. */
export interface BlockData extends Drawn {
  kind: "block" | "field";
  items: Operation[];
  /** How much it is enlarged at most, if not as on a page. */
  most?: number;
  /** Where its figure begins, where the words beside it do and where they end: what is left in less room. */
  narrow: [left: number, side: number, right: number] | null;
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
  /** Whether every net stands at the same step always. */
  together?: boolean;
}

/** Numbers of each layer under a race, between two powers of ten; as a `share` of the net's whole, or in per cent. */
export interface RowData {
  title: string;
  unit: string;
  short: string;
  low: number;
  high: number;
  share: boolean;
  percent: boolean;
  none: string;
  /** What it means to stand at the top of the scale, in words. */
  top: string;
}

/** A race in one frame: the numbers of a net's step are those of its layers in each row. */
export interface RaceData {
  kind: "race";
  title: string;
  status: string;
  /** The picture for those who do not see it. */
  words: string;
  rows: RowData[];
  press: { label: string; run: boolean; stop: boolean };
  run: RunData;
  /** Over how many steps a loss is meant. */
  tail: number;
  layers: [path: string, height: number, shade: string][];
  /** Its blocks, each with its shortcut, if it has one, and its path; whether a press cuts it or puts it back. */
  arcs: [first: number, last: number, shortcut: string | null, block: string][];
  cuts: boolean;
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

export type * from "./described.js";
export type * from "./kinds.js";

/** What main figures are sent. */
export type MainData =
  | AreaData
  | BeatData
  | ChartData
  | DoorData
  | RaceData
  | ShareData
  | SketchData
  | StoryData
  | LaterData
  | PickerData
  | ToolsData
  | WaysData;

export interface PageData {
  figures: FigureData[];
  run: RunData | null;
  counts: CountData[];
  /** Whether blocks open, stages fold and shortcuts are cut at a click, the block that is open, and what the page scrolls to. */
  opens: boolean;
  folds: boolean;
  cuts: boolean;
  opened?: string;
  reveal?: number;
}

/** A place for a file of weights: how long a header may be, in bytes. */
export interface FileData {
  most: number;
}

/** What the page is told of a file that was chosen: its first 8 bytes, and its header where there is one. */
export interface FileHeader {
  name: string;
  size: number;
  first: number[];
  text: string;
}

/** What the page is told: a block, stage or shortcut that was clicked, a step, a setting as texts of a link, a beat to turn to, a tool that was used, a link that was followed, a run to start or stop,
 * a stream that is lost or over, a script alone, a server that is back. */
export interface Triggers {
  block: string;
  stage: string;
  cut: string;
  step: string;
  setting: string;
  turn: string;
  act: string;
  pick: string;
  drawn: string;
  go: string;
  run: true;
  stop: true;
  lost: true;
  ended: true;
  alone: true;
  again: true;
}

export type Tell = <Name extends keyof Triggers>(name: Name, value: Triggers[Name]) => void;
