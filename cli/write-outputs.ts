import { csvTables, loadCharts, loadHtml } from '../reports/index.ts';
import type { Result } from '../sim/result/result.ts';
import type { OutputFolder } from './output-folder.ts';

/** What every run writes, by its path in the output folder. */
export function outputFiles(): string[] {
  return ['result.json', 'report.html', 'charts', ...csvTables.map((table) => `csv/${table.name}.csv`)];
}

/** Writes result, tables, charts and report. The result comes first: it is what the others are made of. */
export async function writeOutputs(output: OutputFolder, result: Result, command: string): Promise<void> {
  output.write('result.json', `${JSON.stringify(result, null, 2)}\n`);
  for (const table of csvTables) output.write(`csv/${table.name}.csv`, table.render(result));
  const { charts } = await loadCharts();
  for (const chart of charts) output.write(`charts/${chart.name}.svg`, chart.render(result));
  const { renderHtml } = await loadHtml();
  output.write('report.html', renderHtml(result, { command }));
}
