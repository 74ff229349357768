import { expect } from 'vitest';
import { type BillLine, type PlatformResult, ScenarioError, simulate } from '../../sim/index.ts';
import { expectSound } from '../theory/expect-sound.ts';

/** One stream of evenly spaced requests to one platform; texts are YAML. */
export interface Example {
  /** Requests a month, as `3000000/30d`. */
  readonly rate: string;
  /** A window in which a whole number of requests comes; the bill is scaled from it to the month. */
  readonly duration: string;
  readonly month: string;
  readonly workload: string;
  readonly platform: string;
  /** More keys of `billing`. */
  readonly billing?: string;
}

export interface MonthBill {
  readonly platform: PlatformResult;
  readonly usdPerMonth: number;
  /** The line of an id; fails where the bill has none. */
  line(id: string): BillLine;
}

/** The month's bill of an example. */
export function billOf({ rate, duration, month, workload, platform, billing = '' }: Example): MonthBill {
  const result = simulate(
    [
      'version: 1',
      `duration: ${duration}`,
      `billing: { month: ${month}${billing === '' ? '' : `, ${billing}`} }`,
      `workload: ${workload}`,
      `traffic: { main: { executor: constant-arrival-rate, rate: ${rate}, arrivals: uniform } }`,
      `platforms: { it: ${platform} }`,
    ].join('\n'),
  );
  expectSound(result);
  const it = result.platforms.it!;
  return {
    platform: it,
    usdPerMonth: it.cost.usdPerMonth,
    line: (id) => {
      const found = it.cost.lines.find((line) => line.id === id);
      expect(found, `line ${id} in ${it.cost.lines.map((line) => line.id).join(', ')}`).toBeDefined();
      return found!;
    },
  };
}

/** Options of servers with nothing on the bill but the instances themselves. */
export const BARE = 'ebs: none, publicIpv4: false, monitoring: basic';

/** Servers without a request for a month of 730 h, of which one hour is simulated, unless told. */
export function fleet(options: string, more: Partial<Example> = {}): MonthBill {
  return billOf({
    rate: '0/s',
    duration: '3600s',
    month: '730h',
    workload: '{ cpu: 10ms }',
    platform: `{ type: ec2, ${options} }`,
    ...more,
  });
}

/** Dollars as AWS prints them: to the cent, half up, past the noise of a double. */
export function cents(usd: number): string {
  return (Math.round(usd * 100 + 1e-7) / 100).toFixed(2);
}

/** Codes and remedies of what is refused. */
export function problemsOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ code, help }) => [code, help]);
  }
  return [];
}
