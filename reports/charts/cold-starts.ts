import type { Result } from '../../sim/result/result.ts';
import { formatAmount, formatCount, formatShare } from '../format.ts';
import { type ShownPlatform, shownPlatforms } from '../platforms.ts';
import { listed } from '../text.ts';
import { binsOf, formatSeconds, groupBins, groupSums, warmupSeconds } from '../time-bins.ts';
import { drawTimeAxis, drawValueAxis, drawWarmup, type Plot, scaleFromZero, timeScale } from './axes.ts';
import type { Chart } from './chart.ts';
import {
  add,
  addText,
  CHART_WIDTH,
  cutBoldToPx,
  cutToPx,
  type Drawing,
  openDrawing,
  renderEmpty,
  textWidthPx,
} from './drawing.ts';
import { stepArea } from './paths.ts';
import { light, platformStyle, type Theme } from './theme.ts';

const HEADER_PX = 28;
const PLOT_PX = 80;
const PANEL_PX = HEADER_PX + PLOT_PX + 12;
const GROUPS_MAX = 360;

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

function splitByColdStarts(result: Result): {
  with: readonly ShownPlatform[];
  without: readonly ShownPlatform[];
} {
  const platforms = shownPlatforms(result);
  const has = (platform: ShownPlatform): boolean => sum(platform.result.timeseries.columns.coldStarts) > 0;
  return { with: platforms.filter(has), without: platforms.filter((platform) => !has(platform)) };
}

function groupedColdStarts(result: Result, platform: ShownPlatform): readonly number[] {
  return groupSums(platform.result.timeseries.columns.coldStarts, groupBins(binsOf(result).bins, GROUPS_MAX));
}

function drawHeader(drawing: Drawing, platform: ShownPlatform, runs: number, y: number): void {
  const { count, fraction } = platform.result.coldStarts;
  const share = fraction === null ? '' : `, ${formatShare(fraction)} of requests`;
  const facts = `${formatCount(count)} cold starts${runs > 1 ? ` in ${runs} runs` : ''}${share}`;
  const { colour } = platformStyle(drawing.theme, platform.index);
  add(drawing.svg, 'circle', { cx: 21, cy: y - 4, r: 4, fill: colour });
  const cutName = cutBoldToPx(platform.name, CHART_WIDTH - 66 - textWidthPx(facts));
  const name = addText(drawing.svg, cutName, 30, y, { 'font-weight': 600 });
  add(name, 'tspan', { dx: 6, 'font-weight': 400, fill: drawing.theme.mutedText }).text(facts);
}

interface Panel {
  readonly top: number;
  readonly first: boolean;
  readonly last: boolean;
}

function drawPanel(
  drawing: Drawing,
  result: Result,
  platform: ShownPlatform,
  most: number,
  panel: Panel,
): void {
  const { top, first, last } = panel;
  const { bins, stepSeconds } = binsOf(result);
  const { size } = groupBins(bins, GROUPS_MAX);
  const plot: Plot = {
    left: 66,
    right: CHART_WIDTH - 24,
    top: top + HEADER_PX,
    bottom: top + HEADER_PX + PLOT_PX,
  };
  const x = timeScale(drawing, plot, bins * stepSeconds);
  const y = scaleFromZero(drawing, most, [plot.bottom, plot.top], 3);
  const values = groupedColdStarts(result, platform);
  const xs = Array.from({ length: values.length + 1 }, (_, index) =>
    x(Math.min(bins, index * size) * stepSeconds),
  );
  drawHeader(drawing, platform, result.replications, top + 18);
  drawWarmup(drawing, plot, x, warmupSeconds(result), first);
  drawTimeAxis(drawing, plot, x, last);
  drawValueAxis(drawing, plot, y, 3, formatAmount);
  const { colour } = platformStyle(drawing.theme, platform.index);
  add(drawing.svg, 'path', {
    d: stepArea(
      xs,
      values.map((value) => y(value)),
      plot.bottom,
    ),
    fill: colour,
  });
}

function describe(result: Result): string {
  const groups = splitByColdStarts(result);
  const parts = groups.with.map((platform) => {
    const { stepSeconds, columns } = platform.result.timeseries;
    const greatest = Math.max(...columns.coldStarts);
    const when = formatSeconds(columns.coldStarts.indexOf(greatest) * stepSeconds);
    const { count, fraction } = platform.result.coldStarts;
    const share = `${formatCount(count)} cold starts (${formatShare(fraction)} of requests)`;
    return `${platform.name} had ${share}, most of them at ${when}`;
  });
  const none =
    groups.without.length > 0 ? ` None on ${listed(groups.without.map((each) => each.name))}.` : '';
  const some = parts.length > 0 ? ` ${listed(parts)}.` : '';
  return `Column charts of cold starts over time, one for each platform.${some}${none}`;
}

function render(result: Result, theme: Theme = light): string {
  const groups = splitByColdStarts(result);
  if (groups.with.length === 0) {
    return renderEmpty(coldStarts, result, theme, 'No request had to wait for a new environment.');
  }
  const without = groups.without.map((platform) => platform.name);
  const note = without.length > 0 ? 26 : 0;
  const height = groups.with.length * PANEL_PX + 24 + note;
  const drawing = openDrawing(coldStarts, result, theme, (top) => top + height);
  const most = Math.max(...groups.with.flatMap((platform) => groupedColdStarts(result, platform)));
  for (const [index, platform] of groups.with.entries()) {
    const top = drawing.top + index * PANEL_PX;
    const panel = { top, first: index === 0, last: index === groups.with.length - 1 };
    drawPanel(drawing, result, platform, most, panel);
  }
  if (without.length > 0) {
    const text = cutToPx(`No cold starts: ${listed(without)}.`, CHART_WIDTH - 32);
    addText(drawing.svg, text, 16, drawing.top + height - 14, { fill: theme.mutedText });
  }
  return drawing.svgText();
}

export const coldStarts: Chart = {
  name: 'cold-starts',
  title: 'Cold starts over time',
  subtitle: (result) => {
    const { bins, stepSeconds } = binsOf(result);
    const step = formatSeconds(groupBins(bins, GROUPS_MAX).size * stepSeconds);
    const mean = result.replications > 1 ? ', mean of the runs' : '';
    return `Requests for which an environment was started, per ${step}${mean}. All panels on one scale.`;
  },
  describe,
  render,
};
