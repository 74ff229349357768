import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { type Curve, drawScaleOut } from './scale-out-chart.ts';

/**
 * From nothing to 3,500 containers of one vCPU and 2 GB: "Scaling containers on AWS in 2022" (Vlad
 * Ionescu, 2022-04), read off its charts to ± 1 % (scale-out-2022.csv): minutes to half and to 95 %.
 *
 * What goes in is that year's limits, and what his set-up says (github.com/Vlaaaaaaad/
 * blog-scaling-containers-on-aws-in-2022: hosts c6g.4xlarge, one to 250 of them, pods that request 1 CPU and
 * 2 Gi and have a readiness probe):
 * - ECS on Fargate: 100 launches at once and 20 a second, over services enough for theirs not to count.
 * - ECS on EC2: 500 launches a minute; four hosts at the start, others so that their first task comes
 *   after 150 s, as it did (fitted: `boot`).
 * - EKS on Fargate: no limit of pods alone was published that year; 510 a minute is the slope of the measured
 *   line (fitted: `rateLimit`). When the line begins is not fitted.
 * - EKS on EC2: the ReplicaSet makes pods at 20 a second, the kube-controller-manager's default; nodes so
 *   that their first pod comes after 150 s, as it did (fitted: `boot`). The slope is not fitted.
 *
 * All else are the defaults: an image of 413 MB, 10 s for the program.
 */
const MEASURED = {
  'ECS on Fargate': { half: 2.47, most: 4.05 },
  'ECS on EC2': { half: 6.57, most: 9.38 },
  'EKS on Fargate': { half: 4.66, most: 7.69 },
  'EKS on EC2': { half: 4.19, most: 5.84 },
} as const;
type Way = keyof typeof MEASURED;
const WAYS = Object.keys(MEASURED) as Way[];

const POD = `resources: { requests: { cpu: "1", memory: 2Gi }, limits: { cpu: "1", memory: 2Gi } },
  readinessProbe: { initialDelaySeconds: 0, periodSeconds: 10 }, replicas: 3500, start: empty`;
const PLATFORMS: Readonly<Record<Way, string>> = {
  'ECS on Fargate': `{ type: ecs, cpu: 1024, memory: 2048, desiredCount: 3500, start: empty,
    launchRate: { burstLimit: 100, rateLimit: 20/s, perService: 10000/min } }`,
  'ECS on EC2': `{ type: ecs, launchType: EC2, cpu: 1024, memory: 2048, desiredCount: 60,
    scheduled: [{ at: 2026-01-05T00:00:00Z, minCapacity: 3500, maxCapacity: 3500 }],
    launchRate: { perService: 500/min }, placementStrategy: [{ type: binpack, field: cpu }],
    capacityProvider: { instanceType: c6g.4xlarge,
      boot: { distribution: uniform, min: 35s, max: 65s } } }`,
  'EKS on Fargate': `{ type: eks, ${POD}, nodes: { type: fargate, launchRate: { rateLimit: 510/min } } }`,
  'EKS on EC2': `{ type: eks, ${POD}, kubeControllerManager: { kubeApiQps: 20, kubeApiBurst: 30 },
    nodes: { type: managedNodeGroup, instanceType: c6g.4xlarge, minSize: 1, maxSize: 250, boot: 91s } }`,
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

/** The digitised curves, by name. */
function digitised(table: URL): (way: Way) => Curve {
  const [head, ...lines] = readFileSync(table, 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  return (way) => {
    const column = head!.split(',').indexOf(way);
    const told = rows.filter((row) => (row[column] ?? '') !== '');
    return told.map((row) => [Number(row[0]), Number(row[column])] as const);
  };
}

const measuredCurve = digitised(new URL('scale-out-2022.csv', import.meta.url));

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

  it('pods come as evenly as the ReplicaSet makes them, or as Fargate launches them', () => {
    const perMinute = (way: Way, from: number, to: number, curve = simulated(way)) => {
      const at = (minute: number) => curve.find(([time]) => time >= minute)![1];
      return (at(to) - at(from)) / (to - from);
    };
    // 20 a second; measured 1,074 a minute between 3 and 5.5 minutes.
    expect(perMinute('EKS on EC2', 3.5, 4.5)).toBeGreaterThan(1_150);
    expect(perMinute('EKS on EC2', 3.5, 4.5)).toBeLessThan(1_250);
    expect(perMinute('EKS on EC2', 3, 5.5, measuredCurve('EKS on EC2'))).toBeGreaterThan(1_000);
    expect(perMinute('EKS on Fargate', 3.5, 6.5)).toBeGreaterThan(500);
    expect(perMinute('EKS on Fargate', 3.5, 6.5)).toBeLessThan(520);
    // Nothing serves before the first node is there.
    expect(simulated('EKS on EC2').slice(0, 2)).toEqual([
      [0.5, 0],
      [1.5, 0],
    ]);
  });

  it('is drawn in the documents beside what was measured (`vitest run -u` draws it anew)', async () => {
    const curves = WAYS.map((name) => ({ name, simulated: simulated(name), measured: measuredCurve(name) }));
    await expect(drawScaleOut(result, curves)).toMatchFileSnapshot('../../docs/charts/scale-out-2022.svg');
  });

  it('the times are those of the digitised curves', () => {
    for (const way of WAYS) {
      expect(minutesTo(0.5 * TOTAL, measuredCurve(way))).toBeCloseTo(MEASURED[way].half, 1);
      expect(minutesTo(0.95 * TOTAL, measuredCurve(way))).toBeCloseTo(MEASURED[way].most, 1);
    }
  });

  const shared = new URL('../../../shared/measured/scaling-0-to-3500-2022.csv', import.meta.url);
  it.skipIf(!existsSync(shared))('the table is the one that was digitised', () => {
    const original = digitised(shared);
    for (const way of WAYS) expect(measuredCurve(way)).toEqual(original(way));
  });
});
