import type { ContinuousScale } from 'd3-node';
import type { Result } from '../../sim/result/result.ts';
import { type CostPart, costPartNames, costParts } from '../cost-parts.ts';
import { formatMoney, formatShare } from '../format.ts';
import { costText, type ShownPlatform, shownPlatforms } from '../platforms.ts';
import { listed } from '../text.ts';
import type { Chart } from './chart.ts';
import {
  add,
  addText,
  boldWidthPx,
  CHART_WIDTH,
  cutBoldToPx,
  type Drawing,
  openDrawing,
  renderEmpty,
  textWidthPx,
} from './drawing.ts';
import { light, platformStyle, type Theme } from './theme.ts';

const ROW_PX = 38;
const BAR_PX = 24;
const LEGEND_ROW_PX = 22;

interface LegendEntry {
  readonly part: CostPart['name'];
  readonly x: number;
  readonly row: number;
}

function legendEntries(result: Result): readonly LegendEntry[] {
  const used = new Set(
    Object.values(result.platforms).flatMap((each) => costParts(each).map((part) => part.name)),
  );
  const entries: LegendEntry[] = [];
  let x = 16;
  let row = 0;
  for (const part of costPartNames.filter((name) => used.has(name))) {
    const width = textWidthPx(part) + 40;
    if (x + width > CHART_WIDTH - 16 && x > 16) {
      x = 16;
      row++;
    }
    entries.push({ part, x, row });
    x += width;
  }
  return entries;
}

function fillOf(drawing: Drawing, part: CostPart['name']): string {
  return part === 'compute, CPU idle' ? `url(#${drawing.id}-idle)` : drawing.theme.parts[part];
}

function defineIdleHatch(drawing: Drawing): void {
  const pattern = add(add(drawing.svg, 'defs', {}), 'pattern', {
    id: `${drawing.id}-idle`,
    width: 6,
    height: 6,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  const colour = drawing.theme.parts['compute, CPU idle'];
  add(pattern, 'rect', { width: 6, height: 6, fill: drawing.theme.background });
  add(pattern, 'rect', { width: 3, height: 6, fill: colour });
}

function drawLegend(drawing: Drawing, entries: readonly LegendEntry[]): void {
  for (const entry of entries) {
    const y = drawing.top + 8 + entry.row * LEGEND_ROW_PX;
    const box = { x: entry.x, y, width: 14, height: 14, fill: fillOf(drawing, entry.part) };
    add(drawing.svg, 'rect', { ...box, stroke: drawing.theme.parts[entry.part] });
    addText(drawing.svg, entry.part, entry.x + 20, y + 12, {});
  }
}

function drawBar(drawing: Drawing, platform: ShownPlatform, scale: ContinuousScale, y: number): void {
  const parts = costParts(platform.result);
  let usd = 0;
  for (const part of parts) {
    const x = scale(usd);
    usd += part.usd;
    const width = Math.max(0.5, scale(usd) - x);
    add(drawing.svg, 'rect', {
      x,
      y,
      width,
      height: BAR_PX,
      fill: fillOf(drawing, part.name),
      stroke: drawing.theme.background,
      'stroke-width': width > 4 ? 1 : 0,
    });
    const label = formatMoney(part.usd);
    if (part.name === 'compute, CPU idle' || parts.length === 1 || textWidthPx(label, 12) + 8 > width)
      continue;
    addText(drawing.svg, label, x + width / 2, y + 16, {
      'text-anchor': 'middle',
      'font-size': 12,
      fill: drawing.theme.onPart,
    });
  }
  addText(drawing.svg, costText(platform.result), scale(usd) + 8, y + 17, { 'font-weight': 600 });
}

function drawAxis(drawing: Drawing, scale: ContinuousScale, top: number, bottom: number): void {
  for (const usd of scale.ticks(5)) {
    const x = scale(usd);
    add(drawing.svg, 'line', { x1: x, x2: x, y1: top, y2: bottom, stroke: drawing.theme.grid });
    const text = usd === 0 ? '$0' : formatMoney(Number(usd.toPrecision(12))).replace(/\.00$/, '');
    addText(drawing.svg, text, x, bottom + 18, {
      'text-anchor': 'middle',
      'font-size': 12,
      fill: drawing.theme.mutedText,
      'data-axis': 'value',
    });
  }
}

function describe(result: Result): string {
  const platforms = shownPlatforms(result);
  const lines = platforms.map((platform) => {
    const total = platform.result.cost.usdPerMonth;
    const largest = [...costParts(platform.result)].sort((a, b) => b.usd - a.usd)[0];
    const most = largest === undefined ? '' : `, ${formatShare(largest.usd / total)} of it ${largest.name}`;
    return `${platform.name} ${formatMoney(total)}${most}`;
  });
  const ranked = [...platforms].sort((a, b) => a.result.cost.usdPerMonth - b.result.cost.usdPerMonth);
  const extremes =
    ranked.length > 1 ? ` Least: ${ranked[0]?.name}; most: ${ranked[ranked.length - 1]?.name}.` : '';
  return `Stacked bar chart of the cost per month in US dollars. ${listed(lines)}.${extremes}`;
}

function render(result: Result, theme: Theme = light): string {
  const platforms = shownPlatforms(result);
  if (platforms.length === 0) return renderEmpty(costPerMonth, result, theme, 'No platform was run.');
  const legend = legendEntries(result);
  const legendRows = (legend[legend.length - 1]?.row ?? -1) + 1;
  const barsAt = (top: number): number => top + 14 + legendRows * LEGEND_ROW_PX;
  const height = (top: number): number => barsAt(top) + platforms.length * ROW_PX + 32;
  const drawing = openDrawing(costPerMonth, result, theme, height);
  defineIdleHatch(drawing);
  drawLegend(drawing, legend);
  const nameWidth = Math.min(190, Math.max(...platforms.map((each) => boldWidthPx(each.name))) + 34);
  const labelWidth = Math.max(...platforms.map((each) => boldWidthPx(costText(each.result)))) + 22;
  const most = Math.max(...platforms.map((each) => each.result.cost.usdPerMonth));
  const range = [16 + nameWidth, CHART_WIDTH - labelWidth];
  const scale = drawing.d3
    .scaleLinear()
    .domain([0, most > 0 ? most : 1])
    .range(range);
  const top = barsAt(drawing.top);
  const bottom = top + platforms.length * ROW_PX;
  if (most > 0) drawAxis(drawing, scale, top, bottom);
  else
    addText(drawing.svg, 'Nothing that is modelled costs anything.', 16, bottom + 14, {
      fill: theme.mutedText,
    });
  for (const [row, platform] of platforms.entries()) {
    const y = top + row * ROW_PX + (ROW_PX - BAR_PX) / 2;
    const { colour } = platformStyle(theme, platform.index);
    add(drawing.svg, 'circle', { cx: 21, cy: y + BAR_PX / 2, r: 4, fill: colour });
    addText(drawing.svg, cutBoldToPx(platform.name, nameWidth - 28), 30, y + 17, { 'font-weight': 600 });
    drawBar(drawing, platform, scale, y);
  }
  return drawing.svgText();
}

export const costPerMonth: Chart = {
  name: 'cost-per-month',
  title: 'Cost per month, and what it pays for',
  subtitle: (result) =>
    `US dollars a month${result.replications > 1 ? ', ± half the 95 % interval' : ''}. ` +
    'Idle: compute paid while its CPU had no work.',
  describe,
  render,
};
