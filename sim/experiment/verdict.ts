import type { Result } from '../result/result.ts';
import { tidy } from './figures.ts';
import { passing } from './judge.ts';
import type { PlatformRun } from './platform-run.ts';

/** Which platform to take, and the reasons in words. Costs are compared exactly. */
export function verdictOf(
  runs: readonly PlatformRun[],
  thresholds: Result['thresholds'],
  untrusted: readonly string[],
): Result['verdict'] {
  if (runs.length === 0) return { cheapest: null, cheapestThatPasses: null, text: 'No run was completed.' };
  const byCost = [...runs].sort((a, b) => a.meanUsdPerMonth().compare(b.meanUsdPerMonth()));
  const winners = passing(byCost, thresholds).filter((run) => !untrusted.includes(run.name));
  const cheapest = byCost[0]!;
  const winner = winners[0] ?? null;
  const sentences = [compareCosts(byCost)];
  if (thresholds.length > 0) sentences.push(tellWinner(winner, byCost, thresholds));
  sentences.push(...compareLatency(byCost));
  if (untrusted.length > 0) sentences.push(`Do not trust ${list(untrusted)}: overloaded, see the warnings.`);
  return {
    cheapest: cheapest.name,
    cheapestThatPasses: winner?.name ?? null,
    text: sentences.filter((sentence) => sentence !== '').join(' '),
  };
}

function compareCosts(byCost: readonly PlatformRun[]): string {
  const [first, second] = byCost;
  if (second === undefined) return `${first!.name} costs ${dollars(first!)} a month.`;
  const usd = first!.meanUsdPerMonth();
  if (usd.equals(second.meanUsdPerMonth()))
    return `${first!.name} and ${second.name} cost the same, ${dollars(first!)} a month.`;
  if (usd.equals(0)) return `${first!.name} costs nothing, ${second.name} ${dollars(second)} a month.`;
  const others = byCost.slice(1).map((run, index) => {
    const ratio = run.meanUsdPerMonth().div(usd).valueOf();
    return `${run.name} ${index === 0 ? 'costs ' : ''}${times(ratio)} (${dollars(run)})`;
  });
  return `${first!.name} is the cheapest at ${dollars(first!)} a month; ${list(others)}.`;
}

function tellWinner(
  winner: PlatformRun | null,
  byCost: readonly PlatformRun[],
  thresholds: Result['thresholds'],
): string {
  if (winner === null)
    return byCost.length === 1 ? 'It does not pass every threshold.' : 'No platform passes every threshold.';
  if (byCost.length === 1) return 'It passes every threshold.';
  if (winner === byCost[0]) return `${winner.name} also passes every threshold.`;
  const broken = thresholds
    .filter((each) => !each.ok && each.platform === byCost[0]!.name)
    .map((each) => each.expression);
  const cheapest = byCost[0]!.name;
  return `The cheapest that passes every threshold is ${winner.name}; ${cheapest} breaks ${list(broken)}.`;
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
    `${fastest.name} answers 99 % of requests within ${duration(fastest.p99Micros)}, ` +
      `${slowest.name} within ${duration(slowest.p99Micros)}.`,
  ];
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(2) : String(Math.round(ratio))} times as much`;
}

function dollars(run: PlatformRun): string {
  const usd = tidy(run.meanUsdPerMonth().valueOf());
  if (usd > 0 && usd < 0.01) return 'less than $0.01';
  return `$${usd.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

function duration(micros: number): string {
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  if (micros < 1e6) return `${Number((micros / 1e3).toPrecision(3))} ms`;
  return `${Number((micros / 1e6).toPrecision(3))} s`;
}
