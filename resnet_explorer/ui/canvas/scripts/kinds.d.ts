/** What main figures are sent that have no replay, by their kind. */

import type { FigureData } from "./data.js";
import type { DescribedFigure } from "./described.js";

/** A chapter of a story: its name in the list, its title, what is said of its net, and that net on the layer axis. */
export interface ChapterData {
  short: string;
  title: string;
  caption: string;
  figure: FigureData;
}

/** A setting of the bottleneck's comparison: sizes, what is counted with it, the field, and what area stands for. */
export interface BlockSetting {
  channels: number;
  reduction: number;
  pixels: number;
  norm: boolean;
  projection: boolean;
  field: "outer" | "inner";
  area: "params" | "macs";
}

/** An addend of a block's cost. */
export type BlockTerm = [path: string, params: number, macs: number];

/** The bottleneck, two 3×3 at its outer width, and two 3×3 at its inner width. */
export interface BlockCosts {
  bottleneck: BlockTerm[];
  wide: BlockTerm[];
  narrow: BlockTerm[];
}

/** Costs of blocks as areas: those of this setting, counted; the sliders' least, most and step; how high all of it is. */
export interface AreaData {
  kind: "area";
  setting: BlockSetting;
  costs: BlockCosts;
  height: number;
  limits: Record<"channels" | "reduction" | "pixels", [least: number, most: number, step: number]>;
  hides?: string[];
}

/** A net for each chapter of a page, of which the one being read is shown. */
export interface StoryData {
  kind: "story";
  chapters: ChapterData[];
  opens: false;
  folds: false;
  cuts: false;
}

/** What sends a view: names of an address that are no part of it, the host for others, what is to be said of it, where
 * codes are drawn, and the controls that a link can hide. */
export interface ShareData {
  kind: "share";
  frame: string[];
  host: string;
  note: string;
  code: string;
  parts: [name: string, label: string][];
  presented: boolean;
}

/** What a tool does with the view, by name; one that is `off` cannot be used now. */
export interface Act {
  name: string;
  label: string;
  icon: string;
  help: string;
  off: boolean;
}

/** What can be done with a view; `blanks`: how it is printed. What is hidden is null. */
export interface ToolsData {
  kind: "tools";
  acts: Act[];
  blanks: boolean | null;
  head: HeadData;
  share: ShareData | null;
}

/** What stands above a printed page: its link, where its code is drawn if a telephone can read it, and whether numbers are blank. */
export interface HeadData {
  address: string;
  code: string;
  blank: boolean;
}

/** What is asked for when the page has been drawn. */
export interface LaterData {
  kind: "later";
}

/** A choice among names: all with their titles, which is chosen, and what it is for. */
export interface PickData {
  name: string;
  label: string;
  chosen: string;
  titles: [name: string, title: string][];
  help: string;
}

/** Choices, whose boxes stand under their labels, beside them, or are called by them alone; `turn`: how often the page has heard of. */
export interface PickerData {
  kind: "picker";
  look: "under" | "beside" | "bare";
  picks: PickData[];
  turn: number;
}

/** Links in groups: where each leads, its label, and what is said of it. */
export interface WaysData {
  kind: "ways";
  groups: { look: "doors" | "nets" | "pages"; title: string; links: [href: string, label: string, words: string][] }[];
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
  /** Over how many steps a loss is meant. */
  tail: number;
  chance: number;
  bars: [height: number, shade: string][];
  arcs: [first: number, last: number][];
}

/** A beat of a talk: its sentence, what to say, and where it stands; `alone`: the notes in a window of their own. */
export interface BeatData {
  kind: "beat";
  talk: string;
  title: string;
  at: number;
  count: number;
  says: string;
  notes: string;
  source: string;
  alone: boolean;
}

/** A place on an axis, from 0 to 1, and its label. */
export type Mark = [at: number, label: string];

/** Empty axes on which a line is drawn: its name and kind, the room, the axes, where it has points and how high each is. */
export interface SketchData {
  kind: "sketch";
  line: string;
  residual: boolean;
  room: [left: number, top: number, right: number, bottom: number, height: number];
  x: { title: string; ticks: Mark[] };
  y: { title: string; ticks: Mark[]; log: boolean; ends: [low: number, high: number] };
  rules: Mark[];
  places: Mark[];
  heights: (number | null)[];
}

/** A chart: what it is, for those who do not see it too, and its description. */
export interface ChartData {
  kind: "chart";
  title: string;
  words: string;
  figure: DescribedFigure;
}
