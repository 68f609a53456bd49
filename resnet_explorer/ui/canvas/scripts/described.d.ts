/** A figure as it is described for plotly, as far as it is drawn here. */

/** Where an axis ends: as it says, from 0 to its values, or, of rows, the first at the top; the ends of a logarithmic axis are exponents. */
type Ends =
  | { range: [from: number, to: number]; rangemode?: never; autorange?: never }
  | { rangemode: "tozero"; range?: never; autorange?: never }
  | { autorange: "reversed"; range?: never; rangemode?: never };

/** An axis of a described figure. */
export type DescribedAxis = Ends & {
  title: { text: string; font: { size: 14 }; standoff: 8 };
  type?: "log";
  nticks?: number;
  tickformat?: "~s";
  tickvals?: number[];
  ticktext?: string[];
  unifiedhovertitle?: { text: string };
  gridcolor: string;
  showgrid?: boolean;
  linecolor: string;
  showline: true;
  zeroline: false;
  automargin: true;
};

/** Bars that lie, from 0 or their base, each with what it says of itself. */
export interface DescribedBars {
  type: "bar";
  orientation: "h";
  name?: string;
  x: number[];
  y: (number | string)[];
  base?: number[];
  marker: { color: string | string[]; line: { color: string; width: number } };
  customdata: string[];
  hovertemplate: "%{customdata}<extra></extra>";
  showlegend?: boolean;
}

/** Numbers as bytes in base64, in rows where they have a shape. */
export interface Packed {
  dtype: "i2" | "i4" | "f4" | "f8";
  bdata: string;
  shape?: string;
}

interface Stroke {
  color: string;
  width: number;
  dash: "solid" | "dash" | "dot";
  shape?: "hv";
}

interface Marker {
  size: number;
  symbol: "circle" | "circle-open" | "square" | "x";
  color: string;
  line?: { color?: string; width: number };
}

/** Points, a line through them, or both; null is a gap. What they say holds the fields of each point in braces. */
export type DescribedPoints = {
  type: "scatter";
  name?: string;
  opacity?: number;
  x: number[] | Packed;
  y: (number | null)[] | Packed;
} & (
  | { mode: "lines"; line: Stroke; marker?: never }
  | { mode: "markers"; marker: Marker; line?: never }
  | { mode: "lines+markers"; line: Stroke; marker: Marker }
) &
  (
    | { hovertemplate: string; customdata?: string[] | (number | null)[][] | Packed; hoverinfo?: never }
    | { hoverinfo: "skip"; hovertemplate?: never; customdata?: never }
  );

/** Words beside a place of the axes, or at shares of the plot; some are bold, and they may stand in lines. */
export interface DescribedNote {
  x: number;
  y: number;
  xref?: "paper";
  yref?: "paper";
  text: string;
  showarrow: false;
  xanchor: "left" | "center" | "right";
  yanchor?: "top" | "middle" | "bottom";
  align?: "left";
  xshift?: number;
  yshift?: number;
  font?: { color?: string; size?: number };
}

/** A straight line between places of the axes, shares of the plot, or pixels away from an anchor there. */
export interface DescribedRule {
  type: "line";
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  xref?: "paper";
  yref?: "paper";
  xsizemode?: "pixel";
  ysizemode?: "pixel";
  xanchor?: number;
  yanchor?: number;
  line: { color: string; width?: number; dash?: "dot" };
}

/** A figure as plotly takes it, as far as it is drawn here: a key or a word besides is an error of types. */
export interface DescribedFigure {
  data: (DescribedBars | DescribedPoints)[];
  layout: {
    xaxis: DescribedAxis;
    yaxis: DescribedAxis;
    margin: { l: number; r: number; t: number; b: number };
    height: number;
    font: { size: number; family: string; color: string };
    barmode?: "stack";
    bargap?: number;
    /** What answers: what is nearest, a row of bars, or all lines at a value of x. */
    hovermode: "closest" | "y" | "x unified";
    hoverdistance?: number;
    annotations?: DescribedNote[];
    shapes?: DescribedRule[];
    showlegend: boolean;
    legend?: { orientation: "h"; x: 0; y: number; yanchor: "bottom"; traceorder: "normal" };
    /** Of plotly alone: the colours of its paper, which here is the page's, its boxes and buttons, and what it keeps. */
    paper_bgcolor: string;
    plot_bgcolor: string;
    hoverlabel: object;
    modebar: object;
    template: object;
    uirevision: string;
  };
}
