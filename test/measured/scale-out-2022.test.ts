import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { type Curve, drawScaleOut } from './scale-out-chart.ts';

/**
 * From nothing to 3,500 containers of one vCPU and 2 GB: "Scaling containers on AWS in 2022" (Vlad
 * Ionescu, 2022-04), read off its charts to ± 1 %: minutes to half of them, and to 95 %.
 *
 * What goes in is that year's limits: on Fargate 100 launches at once and 20 a second, over services enough
 * for theirs not to count; on EC2 500 launches a minute, hosts c6g.4xlarge, four of them there at the start,
 * others so that their first task comes after 150 s, as it did.
 * All else are the defaults: an image of 413 MB, 10 s for the program.
 */
const MEASURED = {
  'ECS on Fargate': { half: 2.47, most: 4.05 },
  'ECS on EC2': { half: 6.57, most: 9.38 },
} as const;
type Way = keyof typeof MEASURED;
const WAYS = Object.keys(MEASURED) as Way[];

const PLATFORMS: Readonly<Record<Way, string>> = {
  'ECS on Fargate': `{ type: ecs, cpu: 1024, memory: 2048, desiredCount: 3500, start: empty,
    launchRate: { burstLimit: 100, rateLimit: 20/s, perService: 10000/min } }`,
  'ECS on EC2': `{ type: ecs, launchType: EC2, cpu: 1024, memory: 2048, desiredCount: 60,
    scheduled: [{ at: 2026-01-05T00:00:00Z, minCapacity: 3500, maxCapacity: 3500 }],
    launchRate: { perService: 500/min }, placementStrategy: [{ type: binpack, field: cpu }],
    capacityProvider: { instanceType: c6g.4xlarge,
      boot: { distribution: uniform, min: 35s, max: 65s } } }`,
};

const TOTAL = 3_500;
const result = simulate(
  [
    'version: 1',
    'name: scale-out',
    'duration: 15m',
    'workload: { cpu: 1ms }',
    'traffic: { main: { executor: constant-arrival-rate, rate: 0/s } }',
    'platforms:',
    ...WAYS.map((way) => `  ${way}: ${PLATFORMS[way].replace(/\s+/g, ' ')}`),
  ].join('\n'),
);

/** Containers in service over the minutes: a bin's mean is taken to hold in its middle. */
function simulated(way: Way): Curve {
  const { capacity } = result.platforms[way]!.timeseries.columns;
  return capacity.map((count, minute) => [minute + 0.5, count] as const);
}

/** When a curve reaches so many, straight between its points. */
function minutesTo(count: number, curve: Curve): number {
  const after = curve.findIndex(([, containers]) => containers >= count);
  const [toMinute, to] = curve[after]!;
  const [fromMinute, from] = curve[after - 1] ?? [0, 0];
  return fromMinute + ((count - from) / (to - from)) * (toMinute - fromMinute);
}

describe('0 → 3,500 containers, measured in 2022', () => {
  it.each(WAYS)('%s: half and 95 percent of them within 15 percent of the time measured', (way) => {
    for (const [share, measured] of [
      [0.5, MEASURED[way].half],
      [0.95, MEASURED[way].most],
    ] as const) {
      const minutes = minutesTo(share * TOTAL, simulated(way));
      expect(Math.abs(minutes / measured - 1), `${share}: ${minutes} min for ${measured}`).toBeLessThan(0.15);
    }
  });

  it('Fargate starts at a steady rate, hosts after more than two minutes', () => {
    const fargate = simulated('ECS on Fargate').map(([, count]) => count);
    // 1,200 a minute between the first and the last.
    expect(fargate[2]! - fargate[1]!).toBeGreaterThan(1_100);
    expect(fargate[2]! - fargate[1]!).toBeLessThan(1_300);
    const onHosts = simulated('ECS on EC2').map(([, count]) => count);
    expect(onHosts.slice(0, 2)).toEqual([60, 60]);
    expect(onHosts[2]).toBeGreaterThan(60);
    expect(onHosts[2]).toBeLessThan(200);
  });

  it('is drawn in the documents beside what was measured (`vitest run -u` draws it anew)', async () => {
    const curves = WAYS.map((name) => ({ name, simulated: simulated(name), measured: MEASURED[name] }));
    await expect(drawScaleOut(result, curves)).toMatchFileSnapshot('../../docs/charts/scale-out-2022.svg');
  });

  const table = new URL('../../../shared/measured/scaling-0-to-3500-2022.csv', import.meta.url);
  it.skipIf(!existsSync(table))('the times are those of the digitised curves', () => {
    const [head, ...lines] = readFileSync(table, 'utf8').trim().split(/\r?\n/);
    for (const way of WAYS) {
      const column = head!.split(',').indexOf(way);
      const rows = lines.map((line) => line.split(',')).filter((row) => (row[column] ?? '') !== '');
      const curve = rows.map((row) => [Number(row[0]), Number(row[column])] as const);
      expect(minutesTo(0.5 * TOTAL, curve)).toBeCloseTo(MEASURED[way].half, 1);
      expect(minutesTo(0.95 * TOTAL, curve)).toBeCloseTo(MEASURED[way].most, 1);
    }
  });
});
