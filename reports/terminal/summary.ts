import type { PlatformResult, Result } from '../../sim/result/result.ts';
import { attemptSentence } from '../attempts.ts';
import { type CostPartName, costParts } from '../cost-parts.ts';
import { formatDurationMs, formatMeasured, formatShare } from '../format.ts';
import { hostSentence } from '../hosts.ts';
import { coldShare, costMargin, costText, cutShortText, failedShare } from '../platforms.ts';
import { textWidth } from '../text.ts';
import { thresholdText, thresholdVerdict } from '../thresholds.ts';
import { padEnd, padStart, type Style, styleOf, type TerminalOptions, wrap } from './style.ts';
import { type Column, renderTable } from './table.ts';

const INDENT = '  ';
const MEASURED_WIDTH = 12;

/** A paragraph under a label that stands in the first line: `Not modelled: …`. */
function paragraph(style: Style, text: string): readonly string[] {
  const [first = '', ...rest] = wrap(style.line(text), style.width, '    ');
  return [first.replace(/^ {4}/, INDENT), ...rest];
}

function headline(style: Style, result: Result): readonly string[] {
  const all = result.replications === 1 ? '1 run' : `${result.replications} runs`;
  const runs = result.partial ? `${all}, cut short` : all;
  const { name } = result.scenario;
  const { region, snapshot } = result.prices;
  const facts = `${region} · prices ${snapshot} · seed ${result.seed} · ${runs}`;
  const lines = wrap(style.line(`${name} · ${facts}`), style.width, '');
  return lines.map((line) => style.paint(line, 'bold'));
}

function thresholdLines(style: Style, result: Result): readonly string[] {
  if (result.thresholds.length === 0) return [];
  const marks = { ok: style.own('✓'), failed: style.own('✗') };
  const markWidth = Math.max(textWidth(marks.ok), textWidth(marks.failed));
  const platforms = result.thresholds.map((each) => style.name(each.platform ?? ''));
  const expressions = result.thresholds.map((each) => style.line(thresholdText(each)));
  const room = style.width - 4 - markWidth - 1 - 2 - 2 - MEASURED_WIDTH;
  const platformWidth = Math.min(Math.floor(room * 0.4), Math.max(...platforms.map(textWidth)));
  const expressionWidth = Math.min(room - platformWidth, Math.max(...expressions.map(textWidth)));
  const lines = result.thresholds.map((each, index) => {
    const mark = padEnd(each.ok ? marks.ok : marks.failed, markWidth);
    const platform = padEnd(style.cut(platforms[index] ?? '', platformWidth), platformWidth);
    const expression = padEnd(style.cut(expressions[index] ?? '', expressionWidth), expressionWidth);
    const measured = style.cut(style.line(formatMeasured(each.actual, each.unit)), MEASURED_WIDTH + 2);
    const gap = platformWidth > 0 ? '  ' : '';
    const painted = style.paint(mark, each.ok ? 'green' : 'red');
    return `    ${painted} ${platform}${gap}${expression}${padStart(measured, MEASURED_WIDTH + 2)}`;
  });
  return [INDENT + style.paint('THRESHOLDS', 'bold'), ...lines, ''];
}

function platformTable(style: Style, result: Result): readonly string[] {
  const platforms = Object.values(result.platforms);
  if (platforms.length === 0) return [`${INDENT}No platform was run.`];
  const column = (
    heading: string,
    expendable: number,
    cell: (platform: PlatformResult) => string,
  ): Column => ({
    heading: style.own(heading),
    expendable,
    cells: platforms.map((platform) => style.own(cell(platform))),
  });
  const withMargin = column('cost/month', 0, costText);
  const columns = [
    withMargin,
    column('p50', 2, (each) => formatDurationMs(each.latencyMs.p50)),
    column('p99', 1, (each) => formatDurationMs(each.latencyMs.p99)),
    column('cold', 4, (each) => formatShare(coldShare(each))),
    column('failed', 3, (each) => formatShare(failedShare(each))),
    column('busy', 5, (each) => formatShare(each.capacity.utilization)),
  ];
  const names = Object.keys(result.platforms).map(style.name);
  const table = renderTable(style, 'platform', names, columns);
  const margins = platforms.some((each) => costMargin(each) !== null);
  const note = `± half the 95 % interval over ${result.replications} runs`;
  return margins
    ? [...table, INDENT + style.paint(style.cut(style.own(note), style.width - 2), 'dim')]
    : table;
}

const PART_IN_WORDS: Partial<Record<CostPartName, string>> = {
  'compute, CPU idle': 'compute whose CPU was idle',
  other: 'extra costs',
};

function costSentence(result: Result): string | null {
  const parts = Object.entries(result.platforms).flatMap(([name, platform]) => {
    const total = platform.cost.usdPerMonth;
    const largest = [...costParts(platform)].sort((a, b) => b.usd - a.usd)[0];
    if (largest === undefined || total <= 0) return [];
    const what = PART_IN_WORDS[largest.name] ?? largest.name;
    return [`${name} pays ${formatShare(Number((largest.usd / total).toPrecision(2)))} for ${what}`];
  });
  return parts.length === 0 ? null : `Cost: ${parts.join('; ')}.`;
}

function limitSentence(result: Result): string | null {
  const limited = Object.entries(result.platforms).filter(([, platform]) => platform.limitedBy !== 'nothing');
  if (limited.length === 0) return null;
  const parts = limited.map(([name, platform]) => `${name} by ${platform.limitedBy.replaceAll('-', ' ')}`);
  return `Limited by: ${parts.join('; ')}.`;
}

function notModelled(result: Result): string {
  const all = new Set(Object.values(result.platforms).flatMap((platform) => platform.notModelled));
  return all.size === 0 ? 'Not modelled: nothing is listed.' : `Not modelled: ${[...all].join('; ')}.`;
}

function warningLines(style: Style, result: Result): readonly string[] {
  if (result.warnings.length === 0) return [];
  const lines = result.warnings.flatMap((warning) => {
    const who = warning.platform === undefined ? '' : `${warning.platform}: `;
    const [first = '', ...rest] = paragraph(style, `warning[${warning.code}]: ${who}${warning.message}`);
    const next = paragraph(style, `→ breakeven explain ${warning.code}`).map((line) => `  ${line}`);
    const fits = next.every((line) => textWidth(line) <= style.width);
    return [
      style.paint(first, 'yellow'),
      ...rest,
      ...(fits ? next.map((line) => style.paint(line, 'dim')) : []),
    ];
  });
  return ['', ...lines];
}

function lastLine(style: Style, result: Result): readonly string[] {
  const lines: string[] = [];
  const cutShort = cutShortText(result);
  if (cutShort !== null) {
    lines.push(...wrap(style.line(cutShort), style.width, '').map((line) => style.paint(line, 'yellow')));
  }
  if (result.thresholds.length === 0) return lines;
  const { ok, text } = thresholdVerdict(result);
  const painted = wrap(style.line(`${ok ? '✓' : '✗'} ${text}`), style.width, '').map((line) =>
    style.paint(line, ok ? 'green' : 'red'),
  );
  return [...lines, ...painted];
}

/**
 * What a run ends with on a terminal: thresholds with the measured values, one line a platform, the verdict
 * in words, what the model leaves out, warnings. No line is longer than `width` columns (at least 40); names
 * are cut, and what they hide is made visible. Ends with a line feed.
 */
export function summarise(result: Result, options: TerminalOptions): string {
  const style = styleOf(options);
  const sentences = [
    result.verdict.text,
    costSentence(result),
    hostSentence(result),
    limitSentence(result),
    attemptSentence(result),
    notModelled(result),
  ];
  const lines = [
    ...headline(style, result),
    '',
    ...thresholdLines(style, result),
    ...platformTable(style, result),
    '',
    ...sentences.flatMap((sentence) => (sentence === null ? [] : paragraph(style, sentence))),
    ...warningLines(style, result),
    '',
    ...lastLine(style, result),
  ];
  return `${lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;
}
