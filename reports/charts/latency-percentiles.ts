import type { ContinuousScale } from 'd3-node';
import type { Result } from '../../sim/result/result.ts';
import { formatDurationMs } from '../format.ts';
import { type LatencyLimit, latencyLimits } from '../latency-limits.ts';
import {
  highestPercentile,
  type PercentileStep,
  percentileName,
  percentileSteps,
  TAIL_SAMPLES_MIN,
} from '../percentiles.ts';
import { type ShownPlatform, shownPlatforms } from '../platforms.ts';
import { listed } from '../text.ts';
import { drawEndLabels, type EndLabel, endLabelsWidthPx, latencyAxis, type Plot } from './axes.ts';
import type { Chart } from './chart.ts';
import {
  add,
  addText,
  CHART_WIDTH,
  cutToPx,
  type Drawing,
  haloed,
  openDrawing,
  renderEmpty,
} from './drawing.ts';
import { stepLine } from './paths.ts';
import { light, platformStyle, type Theme } from './theme.ts';

const PLOT_PX = 320;
const AXIS_SHARES = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999] as const;

/** A limit further above the slowest than this would flatten every line, and is met anyway. */
const LIMIT_REACH = 1.5;

interface Line {
  readonly platform: ShownPlatform;
  readonly steps: readonly PercentileStep[];
}

function linesOf(result: Result): readonly Line[] {
  return shownPlatforms(result).map((platform) => ({ platform, steps: percentileSteps(platform.result) }));
}

/**
 * HdrHistogram's axis: a share p stands at 1 / (1 − p), on a logarithmic scale (Tene, HdrHistogram plotter,
 * 2013).
 */
const tailPosition = (share: number): number => 1 / (1 - share);

function drawPercentileAxis(drawing: Drawing, plot: Plot, x: ContinuousScale, last: number): void {
  for (const share of AXIS_SHARES.filter((each) => each <= last)) {
    const at = x(tailPosition(share));
    add(drawing.svg, 'line', { x1: at, x2: at, y1: plot.top, y2: plot.bottom, stroke: drawing.theme.grid });
    if (share === 0 && x(tailPosition(0.5)) - at < 36) continue;
    addText(drawing.svg, percentileName(share), at, plot.bottom + 18, {
      'text-anchor': 'middle',
      'font-size': 12,
      fill: drawing.theme.mutedText,
      'data-axis': 'percentile',
    });
  }
}

function drawLine(drawing: Drawing, line: Line, x: ContinuousScale, y: ContinuousScale): void {
  const first = line.steps[0];
  if (first === undefined) return;
  const xs = [first.from, ...line.steps.map((step) => step.upTo)].map((share) => x(tailPosition(share)));
  const style = platformStyle(drawing.theme, line.platform.index);
  add(drawing.svg, 'path', {
    d: stepLine(
      xs,
      line.steps.map((step) => y(step.ms)),
    ),
    fill: 'none',
    stroke: style.colour,
    'stroke-width': 2,
    'stroke-dasharray': style.dash === '' ? 'none' : style.dash,
  });
}

/** A latency threshold: a short bar at its percentile; what runs above it there fails. */
function drawLimit(drawing: Drawing, limit: LatencyLimit, x: number, y: number): void {
  const stroke = drawing.theme.text;
  add(drawing.svg, 'line', { x1: x - 26, x2: x + 26, y1: y, y2: y, stroke, 'stroke-width': 2 });
  add(drawing.svg, 'line', { x1: x, x2: x, y1: y - 5, y2: y + 5, stroke, 'stroke-width': 2 });
  const text = `limit ${percentileName(limit.share)} ${formatDurationMs(limit.ms)}`;
  const attributes = { 'text-anchor': 'middle', 'font-size': 12, ...haloed(drawing.theme) };
  addText(drawing.svg, text, x, y < 40 + drawing.top ? y + 19 : y - 9, attributes);
}

function endLabel(line: Line, x: ContinuousScale, y: ContinuousScale): EndLabel | null {
  const last = line.steps[line.steps.length - 1];
  if (last === undefined) return null;
  const p99 = line.platform.result.latencyMs.p99;
  return {
    index: line.platform.index,
    name: line.platform.name,
    value: p99 === null ? '' : `p99 ${formatDurationMs(p99)}`,
    end: { x: x(tailPosition(last.upTo)), y: y(last.ms) },
  };
}

function describe(result: Result): string {
  const parts = linesOf(result).map(({ platform, steps }) => {
    const last = steps[steps.length - 1];
    if (last === undefined) return `${platform.name} has too few completed requests for a line`;
    const { p50, p99 } = platform.result.latencyMs;
    const middle = `${platform.name} has p50 ${formatDurationMs(p50)} and p99 ${formatDurationMs(p99)}`;
    const end = percentileName(Number(last.upTo.toPrecision(5)));
    return `${middle}, and ends at ${end} with ${formatDurationMs(last.ms)}`;
  });
  return `Line chart of latency by percentile, the tail stretched. ${listed(parts)}.`;
}

function render(result: Result, theme: Theme = light): string {
  const lines = linesOf(result);
  const drawn = lines.filter((line) => line.steps.length > 0);
  if (drawn.length === 0) {
    return renderEmpty(
      latencyPercentiles,
      result,
      theme,
      'Too few completed requests to tell any percentile.',
    );
  }
  const missing = lines.filter((line) => line.steps.length === 0).map((line) => line.platform.name);
  const note = missing.length > 0 ? 22 : 0;
  const plotPx = Math.max(PLOT_PX, drawn.length * 18);
  const drawing = openDrawing(latencyPercentiles, result, theme, (top) => top + plotPx + 40 + note);
  const right =
    CHART_WIDTH -
    endLabelsWidthPx(drawn.map((each) => ({ name: each.platform.name, value: 'p99 12.3 min' })));
  const plot: Plot = { left: 74, right, top: drawing.top + 8, bottom: drawing.top + 8 + plotPx };
  const last = Math.max(0.5, ...drawn.map((line) => highestPercentile(line.platform.result)));
  const x = drawing.d3
    .scaleLog()
    .domain([1, tailPosition(last)])
    .range([plot.left, plot.right]);
  const slowest = Math.max(...drawn.flatMap((line) => line.steps.map((step) => step.ms)));
  const limits = latencyLimits(result).filter(
    (each) => each.share <= last && each.ms <= LIMIT_REACH * slowest,
  );
  const msMax = Math.max(slowest, ...limits.map((each) => each.ms));
  const axis = latencyAxis(drawing, plot, msMax, 6);
  const { y } = axis;
  drawPercentileAxis(drawing, plot, x, last);
  axis.draw();
  for (const line of drawn) drawLine(drawing, line, x, y);
  for (const limit of limits) drawLimit(drawing, limit, x(tailPosition(limit.share)), y(limit.ms));
  drawEndLabels(
    drawing,
    plot,
    drawn.map((line) => endLabel(line, x, y)).filter((each) => each !== null),
  );
  if (missing.length > 0) {
    const text = `Too few completed requests for a line: ${listed(missing)}.`;
    addText(drawing.svg, cutToPx(text, CHART_WIDTH - 32), 16, plot.bottom + 42, { fill: theme.mutedText });
  }
  return drawing.svgText();
}

export const latencyPercentiles: Chart = {
  name: 'latency-percentiles',
  title: 'Latency by percentile',
  subtitle: () =>
    'How slow the slowest are: right of p99 is one request in 100. ' +
    `A line ends where fewer than ${TAIL_SAMPLES_MIN} are slower.`,
  describe,
  render,
};
