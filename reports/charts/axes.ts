import type { ContinuousScale, Selection } from 'd3-node';
import { durationAxisUnit } from '../format.ts';
import { timeTicks } from '../time-bins.ts';
import {
  add,
  addText,
  boldWidthPx,
  CHART_WIDTH,
  cutBoldToPx,
  type Drawing,
  FONT_PX,
  haloed,
  textWidthPx,
} from './drawing.ts';
import { dodge, type Point } from './paths.ts';
import { platformStyle } from './theme.ts';

/** The rectangle in which data is drawn, in pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A linear scale from 0 up to a round number at or above `max`; never empty. */
export function scaleFromZero(
  drawing: Drawing,
  max: number,
  range: readonly number[],
  ticks: number,
): ContinuousScale {
  return drawing.d3
    .scaleLinear()
    .domain([0, max > 0 ? max : 1])
    .range(range)
    .nice(ticks);
}

/** Gridlines and their labels, left of the plot. */
export function drawValueAxis(
  drawing: Drawing,
  plot: Plot,
  scale: ContinuousScale,
  ticks: number,
  format: (value: number) => string,
): void {
  for (const value of scale.ticks(ticks)) {
    const y = scale(value);
    add(drawing.svg, 'line', { x1: plot.left, x2: plot.right, y1: y, y2: y, stroke: drawing.theme.grid });
    addText(drawing.svg, format(value), plot.left - 8, y + 4, {
      'text-anchor': 'end',
      'font-size': 12,
      fill: drawing.theme.mutedText,
      'data-axis': 'value',
    });
  }
}

/** A latency axis: `y` places milliseconds; ticks are round in the unit that suits its upper end. */
export interface LatencyAxis {
  readonly y: ContinuousScale;
  readonly draw: () => void;
}

export function latencyAxis(drawing: Drawing, plot: Plot, msMax: number, ticks: number): LatencyAxis {
  const { unit, ms } = durationAxisUnit(msMax > 0 ? msMax : 1);
  const range = [plot.bottom, plot.top];
  const inUnit = scaleFromZero(drawing, msMax / ms, range, ticks);
  const format = (value: number) => (value === 0 ? '0' : `${Number(value.toPrecision(6))} ${unit}`);
  return {
    y: drawing.d3
      .scaleLinear()
      .domain([0, (inUnit.domain()[1] ?? 1) * ms])
      .range(range),
    draw: () => drawValueAxis(drawing, plot, inUnit, ticks, format),
  };
}

/** Simulated time from 0 to `spanSeconds` across the plot. */
export function timeScale(drawing: Drawing, plot: Plot, spanSeconds: number): ContinuousScale {
  return drawing.d3.scaleLinear().domain([0, spanSeconds]).range([plot.left, plot.right]);
}

/** Vertical gridlines; with `labelled`, the times below them. */
export function drawTimeAxis(drawing: Drawing, plot: Plot, scale: ContinuousScale, labelled: boolean): void {
  const span = scale.domain()[1] ?? 0;
  for (const tick of timeTicks(span)) {
    const x = scale(tick.seconds);
    add(drawing.svg, 'line', { x1: x, x2: x, y1: plot.top, y2: plot.bottom, stroke: drawing.theme.grid });
    if (!labelled) continue;
    addText(drawing.svg, tick.text, x, plot.bottom + 18, {
      'text-anchor': 'middle',
      'font-size': 12,
      fill: drawing.theme.mutedText,
      'data-axis': 'time',
    });
  }
}

/** Greys out the warm-up, which statistics leave out. */
export function drawWarmup(
  drawing: Drawing,
  plot: Plot,
  scale: ContinuousScale,
  seconds: number,
  labelled: boolean,
): void {
  const span = scale.domain()[1] ?? 0;
  if (seconds <= 0 || span <= 0) return;
  const x = scale(Math.min(seconds, span));
  const width = x - plot.left;
  add(drawing.svg, 'rect', {
    x: plot.left,
    y: plot.top,
    width,
    height: plot.bottom - plot.top,
    fill: drawing.theme.mutedText,
    'fill-opacity': 0.1,
  });
  if (!labelled || width < textWidthPx('warm-up', 12) + 8) return;
  addText(drawing.svg, 'warm-up', plot.left + 4, plot.top + 13, {
    'font-size': 12,
    fill: drawing.theme.mutedText,
    ...haloed(drawing.theme),
  });
}

/** What stands at the end of a platform's line. */
export interface EndLabel {
  readonly index: number;
  readonly name: string;
  readonly value: string;
  readonly end: Point;
}

/**
 * Labels in a column right of the plot, each as near its line's end as the others let it, tied to it by a
 * hair.
 */
export function drawEndLabels(drawing: Drawing, plot: Plot, labels: readonly EndLabel[]): void {
  const gap = FONT_PX + 3;
  const overflow = Math.max(0, (labels.length - 1) * gap - (plot.bottom - plot.top - 12));
  const places = dodge(
    labels.map((label) => label.end.y),
    gap,
    plot.top + 6 - overflow,
    plot.bottom - 6,
  );
  const x = plot.right + 14;
  for (const [order, label] of labels.entries()) {
    const y = places[order] ?? label.end.y;
    const { colour } = platformStyle(drawing.theme, label.index);
    const hair = `M${label.end.x.toFixed(1)},${label.end.y.toFixed(1)}L${x - 3},${y.toFixed(1)}`;
    add(drawing.svg, 'path', {
      d: hair,
      stroke: colour,
      'stroke-width': 0.75,
      'stroke-opacity': 0.6,
      fill: 'none',
    });
    drawNameAndValue(drawing.svg, drawing, label, x, y + 4);
  }
}

function drawNameAndValue(parent: Selection, drawing: Drawing, label: EndLabel, x: number, y: number): void {
  const valueWidth = label.value === '' ? 0 : textWidthPx(label.value) + 6;
  const name = cutBoldToPx(label.name, CHART_WIDTH - x - 16 - valueWidth);
  const { colour } = platformStyle(drawing.theme, label.index);
  add(parent, 'circle', { cx: x + 4, cy: y - 4, r: 4, fill: colour });
  const text = addText(parent, name, x + 12, y, { 'font-weight': 600 });
  if (label.value === '') return;
  add(text, 'tspan', { dx: 6, 'font-weight': 400, fill: drawing.theme.mutedText }).text(label.value);
}

/** Room that labels right of a plot need, so that long names are cut late and short ones waste nothing. */
export function endLabelsWidthPx(
  labels: readonly { readonly name: string; readonly value: string }[],
): number {
  const widths = labels.map((label) => boldWidthPx(label.name) + textWidthPx(label.value) + 54);
  return Math.min(300, Math.max(120, ...widths));
}
