import { D3Node, type Selection } from 'd3-node';
import type { Result } from '../../sim/result/result.ts';
import { cut, textWidth, visible } from '../text.ts';
import type { Chart } from './chart.ts';
import type { Theme } from './theme.ts';

export const CHART_WIDTH = 760;
export const FONT_PX = 13;
/** Of the widest fonts in the stack (DejaVu's digits); a label estimated too wide only leaves some room. */
const EM_PER_COLUMN = 0.6;
const EM_PER_COLUMN_BOLD = 0.68;
const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif";

export type Attributes = Readonly<Record<string, string | number>>;

/** An SVG being drawn, with a theme, below its heading. */
export interface Drawing {
  readonly svg: Selection;
  readonly d3: D3Node['d3'];
  readonly theme: Theme;
  /** Prefix of ids, so that several charts can share a page. */
  readonly id: string;
  /** Where the chart's own drawing may start. */
  readonly top: number;
  readonly svgText: () => string;
}

/** At most three decimals: the same text for the same drawing, and small. */
export function rounded(value: number): number {
  const kept = Math.round(value * 1000) / 1000;
  return kept === 0 ? 0 : kept;
}

/**
 * Appends an element. Numbers are rounded; values must not come from the user, texts go through `addText`.
 */
export function add(parent: Selection, element: string, attributes: Attributes): Selection {
  const added = parent.append(element);
  for (const [name, value] of Object.entries(attributes)) {
    added.attr(name, typeof value === 'number' ? rounded(value) : value);
  }
  return added;
}

/** Appends a text, whatever characters it has. */
export function addText(
  parent: Selection,
  text: string,
  x: number,
  y: number,
  attributes: Attributes,
): Selection {
  return add(parent, 'text', { x, y, ...attributes }).text(visible(text));
}

/** Keeps a text legible over lines: the background colour around its letters. */
export function haloed(theme: Theme): Attributes {
  return { stroke: theme.background, 'stroke-width': 3, 'paint-order': 'stroke' };
}

export function textWidthPx(text: string, fontPx = FONT_PX): number {
  return textWidth(text) * fontPx * EM_PER_COLUMN;
}

export function boldWidthPx(text: string): number {
  return textWidth(text) * FONT_PX * EM_PER_COLUMN_BOLD;
}

/** The text cut with an ellipsis so that it takes at most `widthPx`. */
export function cutToPx(text: string, widthPx: number): string {
  return cut(text, Math.floor(widthPx / (FONT_PX * EM_PER_COLUMN)));
}

/** As `cutToPx`, for names, which are bold. */
export function cutBoldToPx(text: string, widthPx: number): string {
  return cut(text, Math.floor(widthPx / (FONT_PX * EM_PER_COLUMN_BOLD)));
}

/**
 * Opens a drawing: background, title and description for screen readers, and the visible heading if wanted.
 */
export function openDrawing(
  chart: Chart,
  result: Result,
  theme: Theme,
  heightOf: (top: number) => number,
): Drawing {
  const top = theme.heading ? 62 : 8;
  const height = heightOf(top);
  const d3Node = new D3Node();
  const svg = add(d3Node.d3Element, 'svg', {
    viewBox: `0 0 ${CHART_WIDTH} ${rounded(height)}`,
    width: CHART_WIDTH,
    height,
    role: 'img',
    'aria-labelledby': `${chart.name}-title ${chart.name}-desc`,
    'font-family': FONTS,
    'font-size': FONT_PX,
    fill: theme.text,
  });
  add(svg, 'title', { id: `${chart.name}-title` }).text(chart.title);
  add(svg, 'desc', { id: `${chart.name}-desc` }).text(visible(chart.describe(result)));
  add(svg, 'rect', { width: CHART_WIDTH, height, fill: theme.background });
  if (theme.heading) {
    addText(svg, chart.title, 16, 26, { 'font-size': 17, 'font-weight': 600 });
    addText(svg, chart.subtitle(result), 16, 46, { fill: theme.mutedText });
  }
  const serializer = new d3Node.window.XMLSerializer();
  const svgText = (): string => `${serializer.serializeToString(svg.node())}\n`;
  return { svg, d3: d3Node.d3, theme, id: chart.name, top, svgText };
}

/** A chart of nothing says why it is empty. */
export function renderEmpty(chart: Chart, result: Result, theme: Theme, why: string): string {
  const drawing = openDrawing(chart, result, theme, (top) => top + 96);
  const middle = drawing.top + 40;
  addText(drawing.svg, why, CHART_WIDTH / 2, middle, { 'text-anchor': 'middle', fill: theme.mutedText });
  return drawing.svgText();
}
