import { nearest } from '../problems/nearest.ts';
import { type Path, type Problem, problem } from '../problems/problem.ts';
import { either, ticked } from '../problems/words.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import { moneyDecimal, moneySchema } from '../units/money.ts';

export type ThresholdMetric = 'latency' | 'failed' | 'cost' | 'coldStarts' | 'utilization';
export type ThresholdOperator = '<' | '<=' | '>' | '>=';
export type ThresholdStatistic = 'p' | 'avg' | 'med' | 'max' | 'rate' | 'count' | 'month' | 'perMillion';
/** Unit of a limit and of what is held against it. `share` is from 0 to 1. */
export type ThresholdUnit = 'ms' | 'share' | 'count' | 'usd';

/** A rule that a platform must hold, in k6's grammar (k6 docs, "Thresholds", v2.2) with units. */
export interface Threshold {
  readonly metric: ThresholdMetric;
  readonly statistic: ThresholdStatistic;
  /** With statistic `p`: from 0 to 100. */
  readonly percentile?: number;
  readonly operator: ThresholdOperator;
  readonly limit: number;
  readonly unit: ThresholdUnit;
  /** Whose it is; absent for what every platform is held to. */
  readonly platform?: string;
  /** As printed: `latency{platform:lambda} p(99)<2s`. */
  readonly expression: string;
}

interface MetricGrammar {
  readonly statistics: Readonly<Partial<Record<ThresholdStatistic, ThresholdUnit>>>;
  readonly example: string;
}

const METRICS: Readonly<Record<ThresholdMetric, MetricGrammar>> = {
  latency: { statistics: { p: 'ms', avg: 'ms', med: 'ms', max: 'ms' }, example: 'p(95)<1s' },
  failed: { statistics: { rate: 'share', count: 'count' }, example: 'rate<0.1%' },
  cost: { statistics: { month: 'usd', perMillion: 'usd' }, example: 'month<$500' },
  coldStarts: { statistics: { rate: 'share', count: 'count' }, example: 'rate<1%' },
  utilization: { statistics: { avg: 'share' }, example: 'avg<80%' },
};
const thresholdMetrics = Object.keys(METRICS) as readonly ThresholdMetric[];

type Fault = { readonly message: string; readonly help: string };
type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

const refuse = (message: string, help: string) => ({ ok: false, fault: { message, help } }) as const;

/**
 * Reads the key of a list of thresholds: `latency`, or `latency{platform:NAME}` for one platform. A name
 * may hold any printable character, braces too: everything between the first `{platform:` and the last `}`
 * is the name.
 */
function readKey(key: string): { metric: string; platform?: string } | null {
  const open = key.indexOf('{');
  if (open === -1) return { metric: key };
  const prefix = '{platform:';
  if (!key.startsWith(prefix, open) || !key.endsWith('}')) return null;
  return { metric: key.slice(0, open), platform: key.slice(open + prefix.length, -1) };
}

function readLimit(text: string, unit: ThresholdUnit): Read<number> {
  const number = /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
  switch (unit) {
    case 'ms':
      if (text.length <= 40 && durationSchema.safeParse(text).success)
        return { ok: true, value: durationMicros(text) / 1_000 };
      if (number !== null)
        return refuse('needs a unit of time', `write ${ticked(`${text}ms`)} or ${ticked(`${text}s`)}`);
      return refuse(`${ticked(text)} is no duration`, 'a number and a unit, such as `400ms`');
    case 'usd':
      if (text.length <= 40 && moneySchema.safeParse(text).success)
        return { ok: true, value: Number(moneyDecimal(text)) };
      if (number !== null) return refuse('needs a currency', `say that it is money: ${ticked(`$${text}`)}`);
      return refuse(`${ticked(text)} is no amount of money`, 'US dollars, such as `$500`');
    case 'count':
      if (number !== null && Number.isInteger(number)) return { ok: true, value: number };
      return refuse(`${ticked(text)} is no count`, 'a whole number, such as `5`');
    case 'share':
      return readShare(text, number);
  }
}

function readShare(text: string, number: number | null): Read<number> {
  const percent = /^(\d{1,15}(?:\.\d{1,15})?)\s*%$/.exec(text);
  const share = percent === null ? number : Number(percent[1]) / 100;
  if (share === null)
    return refuse(`${ticked(text)} is no share`, 'a percentage such as `0.1%`, or a share such as `0.001`');
  if (share <= 1) return { ok: true, value: share };
  if (percent === null) return refuse('a share is at most 1', `for a percentage write ${ticked(`${text}%`)}`);
  return refuse('a share is at most 100%', 'a percentage from 0% to 100%');
}

function statisticNames(metric: ThresholdMetric): string[] {
  return Object.keys(METRICS[metric].statistics).map((name) => (name === 'p' ? 'p(N)' : name));
}

type Rule = Pick<Threshold, 'statistic' | 'percentile' | 'operator' | 'limit' | 'unit'>;

/** Reads `p(95)<1s`. */
function readRule(text: string, metric: ThresholdMetric): Read<Rule> {
  const { example, statistics } = METRICS[metric];
  const match = /^([A-Za-z]{1,20})(\([^()]{0,20}\)|\d{1,3})? ?(<=|>=|<|>) ?([^<>=\s][^<>=]{0,60})$/.exec(
    text.trim(),
  );
  if (match === null) {
    const equal = /==|!=/.test(text) ? 'compare with `<`, `<=`, `>` or `>=`, as in' : 'write it as';
    return refuse('is no threshold', `${equal} ${ticked(example)}`);
  }
  const [, name = '', argument, operator = '', limitText = ''] = match;
  const unit = Object.hasOwn(statistics, name) ? statistics[name as ThresholdStatistic] : undefined;
  if (unit === undefined) {
    const near = nearest(name, Object.keys(statistics));
    const help =
      near !== undefined && near !== 'p' ? `did you mean ${ticked(near)}?` : `write it as ${ticked(example)}`;
    return refuse(
      `${ticked(name)} is no statistic of ${metric}, which has ${either(statisticNames(metric).map(ticked))}`,
      help,
    );
  }
  const percentile = readPercentile(name, argument);
  if (!percentile.ok) return percentile;
  const limit = readLimit(limitText.trim(), unit);
  if (!limit.ok) return limit;
  const statistic = name as ThresholdStatistic;
  const rule = { statistic, operator: operator as ThresholdOperator, limit: limit.value, unit };
  return {
    ok: true,
    value: percentile.value === undefined ? rule : { ...rule, percentile: percentile.value },
  };
}

function readPercentile(name: string, argument: string | undefined): Read<number | undefined> {
  if (name !== 'p') {
    return argument === undefined
      ? { ok: true, value: undefined }
      : refuse(`${ticked(name)} takes no number`, `write ${ticked(name)}`);
  }
  if (argument === undefined) return refuse('`p` needs a percentile', 'write it as `p(95)`');
  const inner = argument.replace(/^\(|\)$/g, '').trim();
  if (!argument.startsWith('('))
    return refuse('a percentile stands in brackets', `write ${ticked(`p(${inner})`)}`);
  const value = /^\d{1,3}(?:\.\d{1,6})?$/.test(inner) ? Number(inner) : Number.NaN;
  if (value > 0 && value <= 100) return { ok: true, value };
  return refuse(`${ticked(inner)} is no percentile`, 'above 0 and at most 100, as in `p(99.9)`');
}

function fault(
  code: string,
  path: Path,
  message: string,
  help: string,
  at: 'key' | 'value' = 'value',
): Problem {
  return problem(code, path, message, { help, at });
}

function thresholdMessage(text: string, message: string): string {
  return `threshold ${ticked(text)}${/^(is|needs) /.test(message) ? '' : ':'} ${message}`;
}

/** What is wrong with a key of `thresholds`; null when its metric and its platform exist. */
function keyProblem(key: string, platforms: readonly string[]): Problem | null {
  const path = ['thresholds', key];
  const read = readKey(key);
  if (read === null) {
    return fault(
      'bad-threshold',
      path,
      `${ticked(key)} is no metric`,
      'narrow one to a platform as in `latency{platform:lambda}`',
      'key',
    );
  }
  if (!thresholdMetrics.some((metric) => metric === read.metric)) {
    const near = nearest(read.metric, thresholdMetrics);
    const help =
      near === undefined
        ? `metrics: ${thresholdMetrics.map(ticked).join(', ')}`
        : `did you mean ${ticked(near)}?`;
    return fault('unknown-metric', path, `there is no metric ${ticked(read.metric)}`, help, 'key');
  }
  if (read.platform === undefined || platforms.includes(read.platform)) return null;
  const near = nearest(read.platform, platforms);
  const help =
    near === undefined ? `platforms: ${platforms.map(ticked).join(', ')}` : `did you mean ${ticked(near)}?`;
  return fault('unknown-platform', path, `there is no platform ${ticked(read.platform)}`, help, 'key');
}

/**
 * Reads the `thresholds` of a scenario.
 * @param platforms the names that a threshold may be narrowed to
 * @returns what could be read, in the order of the file, and a problem for each of the rest (`bad-threshold`,
 *   `unknown-metric`, `unknown-platform`)
 */
export function readThresholds(
  thresholds: Readonly<Record<string, unknown>>,
  platforms: readonly string[],
): { thresholds: Threshold[]; problems: Problem[] } {
  const read: Threshold[] = [];
  const problems: Problem[] = [];
  for (const [key, rules] of Object.entries(thresholds)) {
    const wrongKey = keyProblem(key, platforms);
    if (wrongKey !== null) problems.push(wrongKey);
    if (wrongKey !== null || !Array.isArray(rules)) continue;
    const scope = readKey(key) as { metric: ThresholdMetric; platform?: string };
    for (const [index, text] of rules.entries()) {
      if (typeof text !== 'string') continue;
      const rule = readRule(text, scope.metric);
      const path = ['thresholds', key, index];
      if (rule.ok) read.push({ ...rule.value, ...scope, expression: `${key} ${text.trim()}` });
      else
        problems.push(
          fault('bad-threshold', path, thresholdMessage(text, rule.fault.message), rule.fault.help),
        );
    }
  }
  return { thresholds: read, problems };
}

/** Whether what was measured, in the threshold's unit, is on the right side of its limit. */
export function holds(threshold: Threshold, actual: number): boolean {
  switch (threshold.operator) {
    case '<':
      return actual < threshold.limit;
    case '<=':
      return actual <= threshold.limit;
    case '>':
      return actual > threshold.limit;
    case '>=':
      return actual >= threshold.limit;
  }
}
