import { describe, expect, it, test } from 'vitest';
import { group, runEks, usd } from './eks-run.ts';

/** One pod a node. */
const POD = { resources: { requests: { cpu: '1500m' } }, imageSize: '17MB', applicationStart: '1s' };
const hundred = { minSize: 100, maxSize: 100, autoscaler: 'none' };
const spotGroup = (more: object = {}) => group('c7g.large', { capacityType: 'SPOT', ...more });
const requirements = (...values: string[]) => [{ key: 'karpenter.sh/capacity-type', operator: 'In', values }];
const pool = (more: object) => ({
  nodes: { type: 'karpenter', instanceTypes: ['c7g.large'], requirements: requirements('spot'), ...more },
});
/** Mean Spot and on-demand price in us-east-1 (AWS Price List by Vantage, 2026-07-05). */
const SPOT = 0.02678;
const ON_DEMAND = 0.0725;

describe('Spot nodes of a managed node group', () => {
  it('are interrupted as often as told, taken two minutes later and replaced at the notice', () => {
    // 73 a month of 730 hours are one in ten hours: of 100 nodes 200 in 20 hours (Poisson).
    const nodes = spotGroup({ ...hundred, interruptionsPerMonth: 73 });
    const platform = runEks({
      duration: '20h',
      rate: '1/h',
      platform: { ...POD, ...nodes, replicas: 100 },
    });
    const interruptions = platform.hosts!.started - 100;
    expect(Math.abs(interruptions - 200)).toBeLessThan(2.576 * Math.sqrt(200));
    // Each overlaps with the next, which is ordered at the notice and runs 13 s later.
    const hours = 2000 + (interruptions * (120 - 13)) / 3600;
    expect(usd(platform, 'ec2.spot.c7g.large') / ((730 / 20) * SPOT)).toBeCloseTo(hours, 0);
    expect(usd(platform, 'ec2.instance.c7g.large')).toBe(0);
  });

  it('are drained: pods finish what they hold within their grace period', () => {
    const nodes = spotGroup({ ...hundred, interruptionsPerMonth: 730 });
    const run = (wait: string) =>
      runEks({
        duration: '20h',
        rate: '500/h',
        workload: { cpu: '0s', wait },
        platform: { ...POD, ...nodes, replicas: 100 },
      }).requests;
    expect(run('30s').failed).toBe(0);
    const { arrived, failed, failures } = run('119s');
    expect(failures.interrupted).toBe(failed);
    // Of 119 s those after the notice and its 30 s are lost: one node in 3600 s.
    const expected = (1 - Math.exp(-(119 - 30) / 3600)) * arrived;
    expect(Math.abs(failed - expected)).toBeLessThan(2.576 * Math.sqrt(expected * 1.5));
  });

  it('lose what is left when they are taken, whatever the grace period', () => {
    const nodes = spotGroup({ ...hundred, interruptionsPerMonth: 730 });
    const { arrived, failed } = runEks({
      duration: '20h',
      rate: '500/h',
      workload: { cpu: '0s', wait: '300s' },
      platform: { ...POD, ...nodes, replicas: 100, terminationGracePeriodSeconds: 600 },
    }).requests;
    const expected = (1 - Math.exp(-(300 - 120) / 3600)) * arrived;
    expect(Math.abs(failed - expected)).toBeLessThan(2.576 * Math.sqrt(expected * 1.5));
  });

  it('have the price of their kind only: a commitment covers none of them', () => {
    const onDemand = runEks({ platform: { ...POD, ...group('c7g.large') } });
    expect(usd(onDemand, 'ec2.instance.c7g.large')).toBeCloseTo(730 * ON_DEMAND, 9);
    const platform = runEks({ platform: { ...POD, ...spotGroup({ interruptionsPerMonth: 0 }) } });
    expect(usd(platform, 'ec2.spot.c7g.large')).toBeCloseTo(730 * SPOT, 9);
  });
});

describe('Spot nodes of Karpenter', () => {
  it('are made anew for the pods that are evicted, and end when they are empty', () => {
    const platform = runEks({
      duration: '20h',
      rate: '1/h',
      platform: { ...POD, ...pool({ interruptionsPerMonth: 73 }), replicas: 100 },
    });
    const interruptions = platform.hosts!.started - 100;
    expect(Math.abs(interruptions - 200)).toBeLessThan(2.576 * Math.sqrt(200));
    // Empty at once without requests; a second of batching, and 13 s until the next runs.
    const hours = 2000 - (interruptions * 14) / 3600;
    expect(usd(platform, 'ec2.spot.c7g.large') / ((730 / 20) * SPOT)).toBeCloseTo(hours, 0);
  });

  it('come first where the NodePool allows both, and are on demand without a requirement', () => {
    const line = (more: object) => {
      const platform = runEks({ platform: { ...POD, ...pool({ interruptionsPerMonth: 0, ...more }) } });
      return platform.cost.lines.find(({ id }) => id.startsWith('ec2.'))!.id;
    };
    expect(line({ requirements: requirements('on-demand', 'spot') })).toBe('ec2.spot.c7g.large');
    const without = { interruptionsPerMonth: undefined };
    expect(line({ ...without, requirements: requirements('on-demand') })).toBe('ec2.instance.c7g.large');
    expect(line({ ...without, requirements: [] })).toBe('ec2.instance.c7g.large');
  });

  it('are not replaced by cheaper Spot nodes, as SpotToSpotConsolidation is off; on-demand ones are', () => {
    // Three pods on a node for four; two of them go, and a smaller node would do.
    const nodes = (values: string[], more: object = {}) =>
      runEks({
        duration: '30m',
        platform: {
          ...POD,
          resources: { requests: { cpu: '800m' } },
          replicas: 3,
          hpa: { minReplicas: 2, maxReplicas: 3 },
          ...pool({
            instanceTypes: ['m7g.large', 'm7g.xlarge'],
            requirements: requirements(...values),
            ...more,
          }),
        },
      }).hosts!.started;
    expect(nodes(['on-demand'])).toBe(2);
    expect(nodes(['spot'], { interruptionsPerMonth: 0 })).toBe(1);
  });
});

describe('EKS Auto Mode', () => {
  test('charges 12 % of on-demand even on Spot', () => {
    const nodes = {
      type: 'autoMode',
      instanceTypes: ['c6a.2xlarge'],
      requirements: requirements('spot'),
      interruptionsPerMonth: 0,
    };
    const platform = runEks({ platform: { ...POD, nodes } });
    // $0.306 on demand; the fee is AWS's $0.03672 an hour.
    expect(usd(platform, 'eks.auto-mode') / 730).toBeCloseTo(0.03672, 9);
    expect(usd(platform, 'ec2.spot.c6a.2xlarge') / 730).toBeLessThan(0.306 / 2);
    expect(usd(platform, 'ec2.instance.c6a.2xlarge')).toBe(0);
  });
});

describe('what is refused of Spot', () => {
  const refuse = (nodes: object) => () => runEks({ platform: { ...POD, ...nodes } });

  it('interruptions of nodes that are on demand', () => {
    expect(refuse(group('c7g.large', { interruptionsPerMonth: 3 }))).toThrow(/needs-spot/);
    expect(refuse(pool({ requirements: requirements('on-demand'), interruptionsPerMonth: 3 }))).toThrow(
      /needs-spot/,
    );
  });

  it('types without a Spot price, or without known interruptions', () => {
    expect(refuse(group('m9g.large', { capacityType: 'SPOT' }))).toThrow(/unpriced|unknown-interruptions/);
  });

  it('Spot on Fargate, which EKS does not have', () => {
    expect(refuse({ nodes: { type: 'fargate', capacityType: 'SPOT' } })).toThrow(/capacityType/);
  });
});
