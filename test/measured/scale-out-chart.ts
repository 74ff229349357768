import {
  drawTimeAxis,
  drawValueAxis,
  type Plot,
  scaleFromZero,
  timeScale,
} from '../../reports/charts/axes.ts';
import type { Chart } from '../../reports/charts/chart.ts';
import { add, addText, CHART_WIDTH, openDrawing } from '../../reports/charts/drawing.ts';
import { polyline } from '../../reports/charts/paths.ts';
import { light, platformStyle } from '../../reports/charts/theme.ts';
import type { Result } from '../../sim/index.ts';

/** Minutes and containers. */
export type Curve = readonly (readonly [number, number])[];

/** One way to run containers: a simulated curve, and the measured one. */
export interface ScaleOutCurve {
  readonly name: string;
  readonly simulated: Curve;
  readonly measured: Curve;
}

const TOTAL = 3_500;
const PLOT_PX = 260;
const MINUTES = 11;

/** Simulated lines, and dots where containers were counted. */
export function drawScaleOut(result: Result, curves: readonly ScaleOutCurve[]): string {
  const chart: Chart = {
    name: 'scale-out',
    title: 'From nothing to 3,500 containers',
    subtitle: () => 'containers of 1 vCPU and 2 GB in service; lines: simulated, dots: measured in 2022',
    describe: () =>
      curves
        .map(
          ({ name, measured }) =>
            `${name}: measured ${measured.map(([minute, count]) => `${count} at ${minute} min`).at(-1)}.`,
        )
        .join(' '),
    render: () => '',
  };
  const drawing = openDrawing(chart, result, light, (top) => top + PLOT_PX + 44);
  const plot: Plot = {
    left: 64,
    right: CHART_WIDTH - 150,
    top: drawing.top + 6,
    bottom: drawing.top + PLOT_PX,
  };
  const x = timeScale(drawing, plot, MINUTES * 60);
  const y = scaleFromZero(drawing, TOTAL, [plot.bottom, plot.top], 5);
  drawTimeAxis(drawing, plot, x, true);
  drawValueAxis(drawing, plot, y, 5, String);
  curves.forEach((curve, index) => {
    const { colour, dash } = platformStyle(drawing.theme, index);
    const points = curve.simulated
      .filter(([minute]) => minute <= MINUTES)
      .map(([minute, count]) => ({ x: x(minute * 60), y: y(count) }));
    add(drawing.svg, 'path', {
      d: polyline([{ x: x(0), y: y(0) }, ...points]),
      fill: 'none',
      stroke: colour,
      'stroke-width': 2,
      'stroke-dasharray': dash === '' ? 'none' : dash,
    });
    for (const [minute, count] of curve.measured) {
      add(drawing.svg, 'circle', { cx: x(minute * 60), cy: y(count), r: 2, fill: colour });
    }
    const row = plot.top + 16 + index * 20;
    add(drawing.svg, 'circle', { cx: plot.right + 18, cy: row - 4, r: 4, fill: colour });
    addText(drawing.svg, curve.name, plot.right + 28, row, { 'font-weight': 600 });
  });
  return drawing.svgText();
}
