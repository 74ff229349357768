import type { ContinuousScale } from 'd3-node';
import type { Result } from '../../sim/result/result.ts';
import { formatAmount, formatCount, formatShare } from '../format.ts';
import { type ShownPlatform, shownPlatforms } from '../platforms.ts';
import { listed } from '../text.ts';
import { type BinGroups, binsOf, formatSeconds, groupBins, groupMeans, warmupSeconds } from '../time-bins.ts';
import { drawTimeAxis, drawValueAxis, drawWarmup, type Plot, scaleFromZero, timeScale } from './axes.ts';
import type { Chart } from './chart.ts';
import {
  add,
  addText,
  CHART_WIDTH,
  cutBoldToPx,
  type Drawing,
  openDrawing,
  renderEmpty,
  textWidthPx,
} from './drawing.ts';
import { dodge, stepArea, stepLine } from './paths.ts';
import { light, platformStyle, type Theme } from './theme.ts';

const HEADER_PX = 30;
const PLOT_PX = 92;
const QUEUE_PX = 30;
const QUEUE_GAP_PX = 12;
const PANEL_GAP_PX = 16;
const GROUPS_MAX = 360;

function queueMax(platform: ShownPlatform): number {
  return Math.max(0, ...platform.result.timeseries.columns.queue);
}

function panelPx(platform: ShownPlatform): number {
  const queue = queueMax(platform) > 0 ? QUEUE_GAP_PX + QUEUE_PX : 0;
  return HEADER_PX + PLOT_PX + queue + PANEL_GAP_PX;
}

/** One platform's columns, in the groups that are drawn. */
interface Series {
  readonly xs: readonly number[];
  readonly capacity: readonly number[];
  readonly busy: readonly number[];
  readonly queue: readonly number[];
}

function seriesOf(platform: ShownPlatform, groups: BinGroups, x: ContinuousScale): Series {
  const { stepSeconds, columns } = platform.result.timeseries;
  const bins = columns.capacity.length;
  const edge = (index: number): number => x(Math.min(bins, index * groups.size) * stepSeconds);
  return {
    xs: Array.from({ length: Math.ceil(bins / groups.size) + 1 }, (_, index) => edge(index)),
    capacity: groupMeans(columns.capacity, groups),
    busy: groupMeans(columns.busy, groups),
    queue: groupMeans(columns.queue, groups),
  };
}

function drawHeader(drawing: Drawing, platform: ShownPlatform, y: number): void {
  const { capacity } = platform.result;
  const busy = capacity.utilization === null ? '' : `, ${formatShare(capacity.utilization)} busy`;
  const queue = queueMax(platform) > 0 ? '' : '; no queue';
  const levels = `mean ${formatAmount(capacity.mean)}, max ${formatCount(capacity.max)}`;
  const facts = `${capacity.unit}: ${levels}${busy}${queue}`;
  const room = CHART_WIDTH - 66 - textWidthPx(facts);
  const { colour } = platformStyle(drawing.theme, platform.index);
  add(drawing.svg, 'circle', { cx: 21, cy: y - 4, r: 4, fill: colour });
  const name = addText(drawing.svg, cutBoldToPx(platform.name, room), 30, y, { 'font-weight': 600 });
  add(name, 'tspan', { dx: 6, 'font-weight': 400, fill: drawing.theme.mutedText }).text(facts);
}

function drawLevels(drawing: Drawing, platform: ShownPlatform, series: Series, plot: Plot): void {
  const { colour } = platformStyle(drawing.theme, platform.index);
  const y = scaleFromZero(drawing, Math.max(...series.capacity, ...series.busy), [plot.bottom, plot.top], 3);
  drawValueAxis(drawing, plot, y, 3, formatAmount);
  const ys = (values: readonly number[]): number[] => values.map((value) => y(value));
  const busyArea = stepArea(series.xs, ys(series.busy), plot.bottom);
  const busyLine = stepLine(series.xs, ys(series.busy));
  add(drawing.svg, 'path', { d: busyArea, fill: colour, 'fill-opacity': 0.35 });
  add(drawing.svg, 'path', { d: busyLine, fill: 'none', stroke: colour });
  const capacityLine = stepLine(series.xs, ys(series.capacity));
  add(drawing.svg, 'path', {
    d: capacityLine,
    fill: 'none',
    stroke: drawing.theme.text,
    'stroke-width': 1.75,
  });
  const ends = [series.capacity, series.busy].map((values) => y(values[values.length - 1] ?? 0));
  const places = dodge(ends, 15, plot.top + 4, plot.bottom - 2);
  for (const [index, text] of ['capacity', 'busy'].entries()) {
    const end = series.xs[series.xs.length - 1] ?? plot.right;
    const at = places[index] ?? 0;
    const stroke = index === 0 ? drawing.theme.text : colour;
    add(drawing.svg, 'path', {
      d: `M${end + 2},${ends[index]!.toFixed(1)}L${plot.right + 10},${at.toFixed(1)}`,
      stroke,
    });
    addText(drawing.svg, text, plot.right + 14, at + 4, { 'font-size': 12 });
  }
}

function drawQueue(drawing: Drawing, platform: ShownPlatform, series: Series, plot: Plot): void {
  const { colour } = platformStyle(drawing.theme, platform.index);
  const most = Math.max(...series.queue);
  const y = drawing.d3.scaleLinear().domain([0, most]).range([plot.bottom, plot.top]);
  const label = {
    'text-anchor': 'end',
    'font-size': 12,
    fill: drawing.theme.mutedText,
    'data-axis': 'value',
  };
  add(drawing.svg, 'line', {
    x1: plot.left,
    x2: plot.right,
    y1: plot.bottom,
    y2: plot.bottom,
    stroke: drawing.theme.grid,
  });
  addText(drawing.svg, formatAmount(most), plot.left - 8, plot.top + 6, label);
  addText(drawing.svg, '0', plot.left - 8, plot.bottom + 4, label);
  const ys = series.queue.map((value) => y(value));
  add(drawing.svg, 'path', { d: stepArea(series.xs, ys, plot.bottom), fill: colour });
  addText(drawing.svg, 'requests', plot.right + 14, plot.top + 10, { 'font-size': 12 });
  addText(drawing.svg, 'waiting', plot.right + 14, plot.top + 25, { 'font-size': 12 });
}

function drawPanel(
  drawing: Drawing,
  result: Result,
  platform: ShownPlatform,
  top: number,
  last: boolean,
): void {
  const { bins, stepSeconds } = binsOf(result);
  const sides = { left: 66, right: CHART_WIDTH - 84 };
  const plot: Plot = { ...sides, top: top + HEADER_PX, bottom: top + HEADER_PX + PLOT_PX };
  const queueTop = plot.bottom + QUEUE_GAP_PX;
  const queuePlot: Plot = { ...sides, top: queueTop, bottom: queueTop + QUEUE_PX };
  const hasQueue = queueMax(platform) > 0;
  const x = timeScale(drawing, plot, bins * stepSeconds);
  const whole: Plot = { ...plot, bottom: hasQueue ? queuePlot.bottom : plot.bottom };
  drawHeader(drawing, platform, top + 18);
  drawWarmup(drawing, whole, x, warmupSeconds(result), platform.index === 0);
  drawTimeAxis(drawing, whole, x, last);
  const series = seriesOf(platform, groupBins(bins, GROUPS_MAX), x);
  drawLevels(drawing, platform, series, plot);
  if (hasQueue) drawQueue(drawing, platform, series, queuePlot);
}

function describe(result: Result): string {
  const parts = shownPlatforms(result).map((platform) => {
    const { capacity, timeseries } = platform.result;
    const column = timeseries.columns.capacity;
    const ends = `from ${formatAmount(column[0] ?? 0)} to ${formatAmount(column[column.length - 1] ?? 0)}`;
    const most = `${ends} ${capacity.unit}, at most ${formatCount(capacity.max)}`;
    const queue = queueMax(platform);
    const waiting = queue > 0 ? `with up to ${formatAmount(queue)} requests waiting` : 'without a queue';
    return `${platform.name} goes ${most}, ${formatAmount(capacity.busyMean)} busy on average, ${waiting}`;
  });
  return `Area and step-line charts over time, one for each platform. ${listed(parts)}.`;
}

function render(result: Result, theme: Theme = light): string {
  const platforms = shownPlatforms(result);
  if (binsOf(result).bins === 0) {
    return renderEmpty(demandAndCapacity, result, theme, 'No time was simulated.');
  }
  const total = platforms.reduce((sum, platform) => sum + panelPx(platform), 0);
  const drawing = openDrawing(demandAndCapacity, result, theme, (top) => top + total + 16);
  let top = drawing.top;
  for (const [index, platform] of platforms.entries()) {
    drawPanel(drawing, result, platform, top, index === platforms.length - 1);
    top += panelPx(platform);
  }
  return drawing.svgText();
}

export const demandAndCapacity: Chart = {
  name: 'demand-and-capacity',
  title: 'Demand and capacity over time',
  subtitle: (result) => {
    const { bins, stepSeconds } = binsOf(result);
    const mean = formatSeconds(groupBins(bins, GROUPS_MAX).size * stepSeconds);
    return `Filled: busy. Line: capacity. Means of ${mean}; every platform on its own scale and unit.`;
  },
  describe,
  render,
};
