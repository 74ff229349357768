import { roundHalfUpToCents } from '../billing/index.ts';
import type { Result } from '../result/result.ts';
import { passing } from './judge.ts';
import { type Failing, percentOf } from './many-failures.ts';
import type { PlatformRun } from './platform-run.ts';

/** Which platforms have a warning against them that keeps them from being the answer. */
interface Doubts {
  /** Names of those that were overloaded. */
  readonly untrusted: readonly string[];
  readonly failing: readonly Failing[];
}

/** Which platform to take, and the reasons in words. Costs are compared exactly. */
export function verdictOf(
  runs: readonly PlatformRun[],
  thresholds: Result['thresholds'],
  { untrusted, failing }: Doubts,
): Result['verdict'] {
  if (runs.length === 0) return { cheapest: null, cheapestThatPasses: null, text: 'No run was completed.' };
  const byCost = [...runs].sort((a, b) => a.meanUsdPerMonth().compare(b.meanUsdPerMonth()));
  const passers = passing(byCost, thresholds);
  const isDoubted = (run: PlatformRun) =>
    untrusted.includes(run.name) || failing.some((each) => each.run === run);
  const cheapest = byCost[0]!;
  const winner = passers.find((run) => !isDoubted(run)) ?? null;
  const sentences = [compareCosts(byCost)];
  if (thresholds.length > 0)
    sentences.push(tellWinner(winner, { byCost, thresholds, onlyDoubted: passers.length > 0 }));
  sentences.push(...tellFailures(failing, thresholds.length > 0 ? undefined : winner, byCost));
  sentences.push(...compareLatency(byCost));
  if (untrusted.length > 0) sentences.push(`Do not trust ${list(untrusted)}: overloaded, see the warnings.`);
  return {
    cheapest: cheapest.name,
    cheapestThatPasses: winner?.name ?? null,
    text: sentences.filter((sentence) => sentence !== '').join(' '),
  };
}

function compareCosts(byCost: readonly PlatformRun[]): string {
  const [first] = byCost;
  if (byCost.length === 1) return `${first!.name} costs ${dollars(first!)} a month.`;
  const usd = first!.meanUsdPerMonth();
  const alike = sameCost(byCost);
  const cheapest = list(alike[0]!.map((run) => run.name));
  const many = alike[0]!.length > 1;
  if (alike.length === 1) return `${cheapest} cost the same, ${dollars(first!)} a month.`;
  const free = usd.equals(0);
  const others = alike.slice(1).map((runs, index) => {
    const cost = dollars(runs[0]!);
    const verb = index > 0 ? '' : runs.length > 1 ? 'cost ' : 'costs ';
    const ratio = runs[0]!
      .meanUsdPerMonth()
      .div(free ? 1 : usd)
      .valueOf();
    return `${list(runs.map((run) => run.name))} ${verb}${free ? cost : `${times(ratio)} (${cost})`}`;
  });
  if (free) return `${cheapest} ${many ? 'cost' : 'costs'} nothing, ${list(others)} a month.`;
  return `${cheapest} ${many ? 'are' : 'is'} the cheapest at ${dollars(first!)} a month; ${list(others)}.`;
}

/** Platforms in ascending order of cost, those that cost exactly the same together. */
function sameCost(byCost: readonly PlatformRun[]): PlatformRun[][] {
  const groups: PlatformRun[][] = [];
  for (const run of byCost) {
    const last = groups.at(-1);
    const isSame = last?.[0]?.meanUsdPerMonth().equals(run.meanUsdPerMonth()) ?? false;
    if (isSame) last!.push(run);
    else groups.push([run]);
  }
  return groups;
}

function tellWinner(
  winner: PlatformRun | null,
  {
    byCost,
    thresholds,
    onlyDoubted,
  }: { byCost: readonly PlatformRun[]; thresholds: Result['thresholds']; onlyDoubted: boolean },
): string {
  const isOnly = byCost.length === 1;
  if (winner === null && onlyDoubted)
    return isOnly ? 'It passes every threshold, but has a warning.' : 'All that pass have a warning.';
  if (winner === null)
    return isOnly ? 'It does not pass every threshold.' : 'No platform passes every threshold.';
  if (isOnly) return 'It passes every threshold.';
  if (winner === byCost[0]) return `${winner.name} also passes every threshold.`;
  const cheapest = byCost[0]!.name;
  const broken = thresholds
    .filter((each) => !each.ok && each.platform === cheapest)
    .map((each) => each.expression);
  const why = broken.length > 0 ? `breaks ${list(broken)}` : 'has a warning';
  return `The cheapest that passes every threshold is ${winner.name}; ${cheapest} ${why}.`;
}

/** @param winner the cheapest without a warning, null for none; undefined where it has been told */
function tellFailures(
  failing: readonly Failing[],
  winner: PlatformRun | null | undefined,
  byCost: readonly PlatformRun[],
): string[] {
  if (failing.length === 0) return [];
  const isOnly = byCost.length === 1;
  const told = failing.map(({ run, share }) => `${isOnly ? 'it' : run.name} fails ${percentOf(share)}`);
  const sentences = [`Of the requests ${list(told)}.`];
  const isCheapest = failing.some(({ run }) => run === byCost[0]);
  if (!isOnly && isCheapest && winner !== undefined) {
    const none = 'No platform serves 99 % of them.';
    sentences.push(winner === null ? none : `The cheapest that serves them is ${winner.name}.`);
  }
  return sentences;
}

function compareLatency(byCost: readonly PlatformRun[]): string[] {
  const timed = byCost.flatMap((run) => {
    const p99Micros = run.total!.latency.percentileMicros(0.99);
    return p99Micros === null ? [] : [{ name: run.name, p99Micros }];
  });
  if (timed.length < 2) return [];
  const sorted = [...timed].sort((a, b) => a.p99Micros - b.p99Micros);
  const fastest = sorted[0]!;
  const slowest = sorted.at(-1)!;
  const ratio = slowest.p99Micros / fastest.p99Micros;
  if (ratio < 1.05) return [`Their p99 latencies are alike (${duration(fastest.p99Micros)}).`];
  return [
    `${fastest.name} answers 99 % of ${answered(byCost)} within ${duration(fastest.p99Micros)}, ` +
      `${slowest.name} within ${duration(slowest.p99Micros)}.`,
  ];
}

/** Latency is of completed requests: said where some platform leaves more than 1 % of them without answer. */
function answered(runs: readonly PlatformRun[]): string {
  const isTelling = runs.some(({ total }) => total!.latency.count < 0.99 * total!.measured.arrived);
  return isTelling ? 'the requests that it answers' : 'requests';
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(2) : grouped(String(Math.round(ratio)))} times as much`;
}

/** To the cent, half up from the exact sum. */
function dollars(run: PlatformRun): string {
  const usd = run.meanUsdPerMonth();
  if (usd.compare(0) > 0 && usd.mul(100).compare(1) < 0) return 'less than $0.01';
  return `$${grouped(roundHalfUpToCents(usd))}`;
}

/** `1234567.89` → `1,234,567.89`; at most two decimals. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** In the units of the reports: seconds up to ten minutes, minutes up to two hours. */
function duration(micros: number): string {
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  if (micros < 1e6) return `${Number((micros / 1e3).toPrecision(3))} ms`;
  const seconds = micros / 1e6;
  const [unit, length] = seconds < 600 ? ['s', 1] : seconds < 7_200 ? ['min', 60] : ['h', 3_600];
  return `${Number((seconds / length).toPrecision(3))} ${unit}`;
}
