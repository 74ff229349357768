import type { ContinuousScale } from 'd3-node';
import type { Result } from '../../sim/result/result.ts';
import { formatDurationMs } from '../format.ts';
import { type ShownPlatform, shownPlatforms } from '../platforms.ts';
import { listed } from '../text.ts';
import { binsOf, formatSeconds, groupBins, warmupSeconds } from '../time-bins.ts';
import {
  drawEndLabels,
  drawTimeAxis,
  drawWarmup,
  type EndLabel,
  endLabelsWidthPx,
  latencyAxis,
  type Plot,
  timeScale,
} from './axes.ts';
import type { Chart } from './chart.ts';
import { add, addText, CHART_WIDTH, type Drawing, openDrawing, renderEmpty } from './drawing.ts';
import { type Point, polyline } from './paths.ts';
import { light, platformStyle, type Theme } from './theme.ts';

type Column = 'p50Ms' | 'p99Ms';
const COLUMNS: readonly { column: Column; name: string }[] = [
  { column: 'p50Ms', name: 'p50: half of the requests were faster' },
  { column: 'p99Ms', name: 'p99: all but one in 100 were faster' },
];
const PLOT_PX = 170;
const GROUPS_MAX = 240;

interface TimedValue {
  readonly seconds: number;
  readonly ms: number;
}

/**
 * The points of a line, in runs without a gap; of a group of bins the least and the greatest, as they came.
 */
function runsOf(values: readonly (number | null)[], stepSeconds: number): readonly (readonly TimedValue[])[] {
  const { size } = groupBins(values.length, GROUPS_MAX);
  const runs: TimedValue[][] = [[]];
  for (let start = 0; start < values.length; start += size) {
    const present: TimedValue[] = [];
    for (let bin = start; bin < Math.min(values.length, start + size); bin++) {
      const ms = values[bin] ?? null;
      if (ms !== null) present.push({ seconds: (bin + 0.5) * stepSeconds, ms });
    }
    const byMs = [...present].sort((a, b) => a.ms - b.ms || a.seconds - b.seconds);
    const kept = new Set([byMs[0], byMs[byMs.length - 1]]);
    if (present.length === 0) runs.push([]);
    else runs[runs.length - 1]!.push(...present.filter((each) => kept.has(each)));
  }
  return runs.filter((run) => run.length > 0);
}

function drawSeries(
  drawing: Drawing,
  platform: ShownPlatform,
  column: Column,
  x: ContinuousScale,
  y: ContinuousScale,
): EndLabel | null {
  const { stepSeconds, columns } = platform.result.timeseries;
  const style = platformStyle(drawing.theme, platform.index);
  const runs = runsOf(columns[column], stepSeconds);
  const at = (value: TimedValue): Point => ({ x: x(value.seconds), y: y(value.ms) });
  const paths = runs.map((run) => {
    const only = run[0]!;
    if (run.length > 1) return polyline(run.map(at));
    const half = stepSeconds / 2;
    return polyline([
      at({ ...only, seconds: only.seconds - half }),
      at({ ...only, seconds: only.seconds + half }),
    ]);
  });
  add(drawing.svg, 'path', {
    d: paths.join(''),
    fill: 'none',
    stroke: style.colour,
    'stroke-width': 1.75,
    'stroke-linejoin': 'round',
    'stroke-dasharray': style.dash === '' ? 'none' : style.dash,
  });
  const lastRun = runs[runs.length - 1];
  const last = lastRun?.[lastRun.length - 1];
  if (last === undefined) return null;
  const top = Math.max(...columns[column].map((ms) => ms ?? 0));
  return { index: platform.index, name: platform.name, value: `max ${formatDurationMs(top)}`, end: at(last) };
}

function drawPanel(
  drawing: Drawing,
  result: Result,
  platforms: readonly ShownPlatform[],
  which: number,
  plot: Plot,
): void {
  const { column, name } = COLUMNS[which]!;
  const { bins, stepSeconds } = binsOf(result);
  const values = platforms.flatMap((each) => each.result.timeseries.columns[column]);
  const msMax = Math.max(0, ...values.map((ms) => ms ?? 0));
  const x = timeScale(drawing, plot, bins * stepSeconds);
  const axis = latencyAxis(drawing, plot, msMax, 4);
  const { y } = axis;
  addText(drawing.svg, name, 16, plot.top - 10, { 'font-weight': 600 });
  drawWarmup(drawing, plot, x, warmupSeconds(result), which === 0);
  drawTimeAxis(drawing, plot, x, which === COLUMNS.length - 1);
  axis.draw();
  const labels = platforms.map((platform) => drawSeries(drawing, platform, column, x, y));
  drawEndLabels(
    drawing,
    plot,
    labels.filter((each) => each !== null),
  );
}

function describe(result: Result): string {
  const parts = shownPlatforms(result).map(({ name, result: platform }) => {
    const { p99Ms } = platform.timeseries.columns;
    const known = p99Ms.flatMap((ms, bin) => (ms === null ? [] : [{ ms, bin }]));
    const greatest = known.reduce(
      (top, each) => (each.ms > top.ms ? each : top),
      known[0] ?? { ms: 0, bin: 0 },
    );
    const first = known[0];
    const last = known[known.length - 1];
    if (first === undefined || last === undefined) return `${name} completed nothing`;
    const when = formatSeconds(greatest.bin * platform.timeseries.stepSeconds);
    const trend = `p99 of ${name} goes from ${formatDurationMs(first.ms)} to ${formatDurationMs(last.ms)}`;
    return `${trend}, highest ${formatDurationMs(greatest.ms)} at ${when}`;
  });
  return `Two line charts over time, p50 above p99. ${listed(parts)}.`;
}

function render(result: Result, theme: Theme = light): string {
  const platforms = shownPlatforms(result);
  const any = platforms.some((each) => each.result.timeseries.columns.p50Ms.some((ms) => ms !== null));
  if (!any)
    return renderEmpty(latencyOverTime, result, theme, 'No request was completed in the simulated time.');
  const plotPx = Math.max(PLOT_PX, platforms.length * 17);
  const panelPx = plotPx + 44;
  const right =
    CHART_WIDTH - endLabelsWidthPx(platforms.map(({ name }) => ({ name, value: 'max 12.3 min' })));
  const drawing = openDrawing(latencyOverTime, result, theme, (top) => top + 2 * panelPx + 12);
  for (const which of COLUMNS.keys()) {
    const top = drawing.top + which * panelPx + 28;
    drawPanel(drawing, result, platforms, which, { left: 74, right, top, bottom: top + plotPx });
  }
  return drawing.svgText();
}

export const latencyOverTime: Chart = {
  name: 'latency-over-time',
  title: 'Latency over time',
  subtitle: (result) => {
    const { bins, stepSeconds } = binsOf(result);
    const { size } = groupBins(bins, GROUPS_MAX);
    const drawn = size > 1 ? ` (drawn: least and greatest in ${formatSeconds(size * stepSeconds)})` : '';
    return `Percentiles of every ${formatSeconds(stepSeconds)}${drawn}. Gaps: nothing completed.`;
  },
  describe,
  render,
};
