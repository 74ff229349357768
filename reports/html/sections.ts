import type { PlatformResult, Result } from '../../sim/result/result.ts';
import { isTriedAgain } from '../attempts.ts';
import { charts } from '../charts/index.ts';
import { page } from '../charts/theme.ts';
import {
  formatAmount,
  formatCount,
  formatDurationMs,
  formatMeasured,
  formatMoney,
  formatQuantity,
  formatShare,
  formatUnitPrice,
} from '../format.ts';
import { hostCostParts } from '../hosts.ts';
import { coldShare, costMargin, costText, failedShare } from '../platforms.ts';
import { thresholdText, thresholdVerdict } from '../thresholds.ts';
import { chartTables } from './chart-tables.ts';
import { renderDataTable } from './data-table.ts';
import { html, type Markup, nothing, trusted } from './markup.ts';

/** A heading and what stands under it; `id` is the target of links. */
function section(id: string, title: string, body: Markup): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${body}</section>\n`;
}

function limitText(limitedBy: string): string {
  return limitedBy.replaceAll('-', ' ');
}

export function comparisonSection(result: Result): Markup {
  const margins = Object.values(result.platforms).some((each) => costMargin(each) !== null);
  const unfinished = Object.values(result.platforms).some((each) => each.requests.inFlight > 0);
  const repeated = Object.values(result.platforms).some(isTriedAgain);
  const abandoned = Object.values(result.platforms).some((each) => (each.requests.deadLetters ?? 0) > 0);
  const optional = [unfinished, repeated, abandoned].filter(Boolean).length;
  const table = renderDataTable({
    caption: `The platforms compared${margins ? '; ± half the 95 % interval' : ''}`,
    head: [
      'platform',
      'type',
      'cost/month',
      'per million',
      'p50',
      'p95',
      'p99',
      'cold starts',
      'failed',
      ...(unfinished ? ['in flight'] : []),
      ...(repeated ? ['attempts'] : []),
      ...(abandoned ? ['dead letters'] : []),
      'capacity',
      'busy',
      'limit',
    ],
    words: [1, 9 + optional, 11 + optional],
    rows: Object.entries(result.platforms).map(([name, platform]) => [
      name,
      platform.type,
      costText(platform),
      formatMoney(platform.cost.usdPerMillionRequests),
      formatDurationMs(platform.latencyMs.p50),
      formatDurationMs(platform.latencyMs.p95),
      formatDurationMs(platform.latencyMs.p99),
      formatShare(coldShare(platform)),
      formatShare(failedShare(platform)),
      ...(unfinished ? [formatCount(platform.requests.inFlight)] : []),
      ...(repeated ? [formatCount(platform.requests.attempts)] : []),
      ...(abandoned ? [formatCount(platform.requests.deadLetters ?? 0)] : []),
      `${formatAmount(platform.capacity.mean)} ${platform.capacity.unit}`,
      formatShare(platform.capacity.utilization),
      limitText(platform.limitedBy),
    ]),
  });
  return section('comparison', 'Comparison', table);
}

export function thresholdSection(result: Result): Markup {
  if (result.thresholds.length === 0) return nothing;
  const { ok, text } = thresholdVerdict(result);
  const mark = (passed: boolean): Markup =>
    passed ? html`<span class="pass">✓ met</span>` : html`<span class="fail">✗ not met</span>`;
  const table = renderDataTable({
    caption: 'What was asked for, and what was measured',
    head: ['threshold', 'platform', 'measured', 'result'],
    words: [1, 3],
    rows: result.thresholds.map((each) => [
      thresholdText(each),
      each.platform ?? 'all',
      formatMeasured(each.actual, each.unit),
      mark(each.ok),
    ]),
  });
  const sentence = html`<p class="${ok ? 'pass' : 'fail'}">${ok ? '✓' : '✗'} ${text}</p>`;
  return section('thresholds', 'Thresholds', html`${sentence}\n${table}`);
}

export function warningSection(result: Result): Markup {
  if (result.warnings.length === 0) return nothing;
  const items = result.warnings.map((warning) => {
    const who = warning.platform === undefined ? nothing : html`<strong>${warning.platform}</strong>: `;
    const more = html`<code>breakeven explain ${warning.code}</code>`;
    return html`<li>${who}${warning.message} <span class="muted">(${more})</span></li>\n`;
  });
  return section('warnings', 'Warnings', html`<ul class="warnings">${items}</ul>`);
}

export function chartSection(result: Result): Markup {
  const figures = charts.map((chart) => {
    const table = chartTables[chart.name];
    const drawing = trusted(chart.render(result, page));
    const data =
      table === undefined
        ? nothing
        : html`<details><summary>Data of “${chart.title}”</summary>
${renderDataTable(table(result))}</details>
`;
    return html`<figure><h3>${chart.title}</h3><figcaption>${chart.subtitle(result)}</figcaption>
<div class="scroll" role="region" aria-label="${chart.title}, chart" tabindex="0">${drawing}</div>
${data}</figure>
`;
  });
  return section('charts', 'Charts', html`${figures}`);
}

export function billSection(result: Result): Markup {
  const bills = Object.entries(result.platforms).map(([name, platform]) => {
    const free = platform.cost.lines.some((line) => line.freeQuantity !== undefined);
    const rows = platform.cost.lines.map((line) => [
      line.what,
      html`<code>${line.id}</code>`,
      formatQuantity(line.quantity),
      ...(free ? [line.freeQuantity === undefined ? '' : formatQuantity(line.freeQuantity)] : []),
      line.unit,
      formatUnitPrice(line.usdPerUnit),
      formatMoney(line.usd),
    ]);
    const total = formatMoney(platform.cost.usdPerMonth);
    return html`<h3>${name}: ${total} a month</h3>\n${renderDataTable({
      caption: `Bill of ${name}, line by line`,
      head: [
        'what',
        'price',
        'quantity a month',
        ...(free ? ['of it free'] : []),
        'unit',
        'USD per unit',
        'USD a month',
      ],
      words: [1, free ? 4 : 3],
      rows: [...rows, ['Total', ...(free ? [''] : []), '', '', '', '', total]],
    })}${hostTable(name, platform)}`;
  });
  return section('bills', 'Bills', html`${bills}`);
}

/** What hosts cost, in parts: of the bill, not beside it. */
function hostTable(name: string, platform: PlatformResult): Markup {
  const parts = hostCostParts(platform);
  if (parts === null) return nothing;
  const total = platform.hosts?.usdPerMonth ?? 0;
  const rows = parts.map(({ what, usd }) => [
    what,
    formatShare(total === 0 ? null : usd / total),
    formatMoney(usd),
  ]);
  return renderDataTable({
    caption: `Hosts of ${name}: what of their CPU was paid for, a part of the bill above`,
    head: ['CPU of hosts', 'share', 'USD a month'],
    words: [1],
    rows: [...rows, ['Total', '', formatMoney(total)]],
  });
}

function listOf(items: readonly string[], none: string): Markup {
  if (items.length === 0) return html`<p>${none}</p>`;
  return html`<ul>${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;
}

/** What the model takes for granted and what it leaves out, platform by platform. */
export function assumptionSection(result: Result): Markup {
  const platforms = Object.entries(result.platforms).map(
    ([name, platform]) => html`<div><h3>${name}</h3>
<h4>Assumed</h4>${listOf(platform.assumptions, 'Nothing beyond the scenario.')}
<h4>Not modelled</h4>${listOf(platform.notModelled, 'Nothing is listed.')}</div>
`,
  );
  return section('assumptions', 'Assumptions and limits', html`<div class="side-by-side">${platforms}</div>`);
}
