import { describe, expect, it } from 'vitest';
import { hostCostParts, hostSentence } from '../../reports/hosts.ts';
import { billSection } from '../../reports/html/sections.ts';
import { simulate } from '../../sim/index.ts';

/** One request a second of 0.1 s on two pods or tasks of half a vCPU each. */
function run(platform: object, billing: object = {}) {
  return simulate({
    version: 1,
    duration: '2h',
    billing,
    workload: { cpu: '100ms' },
    traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate: '1/s' } },
    platforms: { it: platform },
  });
}

const POD = { resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '500m' } } };
/** Two nodes of two vCPUs at $0.0816 an hour. */
const cluster = (nodes: object = {}) => ({
  type: 'eks',
  ...POD,
  replicas: 2,
  nodes: {
    type: 'managedNodeGroup',
    instanceType: 'm7g.large',
    minSize: 2,
    maxSize: 2,
    autoscaler: 'none',
    ...nodes,
  },
});
const service = (more: object = {}) => ({
  type: 'ecs',
  launchType: 'EC2',
  cpu: 512,
  memory: 512,
  desiredCount: 2,
  capacityProvider: { instanceType: 'm7g.large', minSize: 2, maxSize: 2 },
  ...more,
});
const ON_DEMAND = 2 * 730 * 0.0816;

/** Of four vCPUs one is requested, and a tenth of one is used. */
function expectParts(result: ReturnType<typeof run>, total: number): void {
  const { hosts, cost } = result.platforms.it!;
  expect(hosts!.usdPerMonth).toBeCloseTo(total, 6);
  expect(hosts!.idleUsdPerMonth!.unrequested).toBeCloseTo((3 / 4) * total, 6);
  expect(hosts!.idleUsdPerMonth!.unused).toBeCloseTo((0.9 / 4) * total, 3);
  expect(hosts!.usedUsdPerMonth).toBeCloseTo((0.1 / 4) * total, 3);
  const parts = hostCostParts(result.platforms.it!)!;
  expect(parts.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(hosts!.usdPerMonth!, 8);
  // A part of the bill, not a line beside the others.
  expect(cost.lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(cost.usdPerMonth, 8);
}

describe('what nodes and hosts cost, and what of that lay idle', () => {
  it.each([
    ['nodes of EKS', cluster()],
    ['hosts of ECS', service()],
  ])('%s on demand', (_what, platform) => {
    expectParts(run(platform), ON_DEMAND);
  });

  it('Spot nodes at the Spot price', () => {
    const result = run(cluster({ capacityType: 'SPOT', interruptionsPerMonth: 0 }));
    const line = result.platforms.it!.cost.lines.find(({ id }) => id === 'ec2.spot.m7g.large')!;
    expectParts(result, line.usd);
    expect(line.usd).toBeLessThan(ON_DEMAND);
  });

  it('Auto Mode with its fee of 12 % of on-demand', () => {
    // One node holds both pods: of two vCPUs one is requested.
    const nodes = { type: 'autoMode', instanceTypes: ['m7g.large'] };
    const { hosts } = run({ type: 'eks', ...POD, replicas: 2, nodes }).platforms.it!;
    expect(hosts!.usdPerMonth).toBeCloseTo(730 * 0.0816 * 1.12, 6);
    expect(hosts!.idleUsdPerMonth!.unrequested).toBeCloseTo((1 / 2) * 730 * 0.0816 * 1.12, 6);
  });

  it('with Reserved Instances: their rate for what they cover, without what of them is unused', () => {
    const reserved = (count: number) => ({
      reservedInstances: [{ instanceType: 'm7g.large', count, rate: '$0.05/h' }],
    });
    expectParts(run(cluster(), reserved(1)), 730 * (0.05 + 0.0816));
    expectParts(run(cluster(), reserved(3)), 2 * 730 * 0.05);
    expectParts(run(service(), reserved(2)), 2 * 730 * 0.05);
  });

  it('with a Savings Plan: what is used of its commitment', () => {
    const plan = (commitment: string) => ({
      savingsPlans: [{ type: 'compute', commitment, rates: { 'm7g.large': '$0.06/h' } }],
    });
    // $0.06 an hour cover one of the two; $1 an hour would cover more than there is.
    expectParts(run(cluster(), plan('$0.06/h')), 730 * (0.06 + 0.0816));
    expectParts(run(cluster(), plan('$1/h')), 2 * 730 * 0.06);
  });

  it('without the proxy in front of them, of another type or of the same', () => {
    for (const instanceType of ['c7g.medium', 'm7g.large']) {
      const frontDoor = { type: 'proxy', instanceType, instanceCount: 2 };
      expectParts(run({ ...cluster(), frontDoor }), ON_DEMAND);
    }
  });
});

describe('the report', () => {
  const result = run(cluster());

  it('tells it on the terminal in a sentence', () => {
    expect(hostSentence(result)?.replaceAll(/\s/g, ' ')).toBe(
      'Hosts: it $119.14 a month, 2.5 % used, 23 % requested and idle, 75 % requested by none.',
    );
  });

  it('tells it under the bill, as a part of it', () => {
    const { markup } = billSection(result);
    expect(markup).toContain('a part of the bill above');
    expect(markup).toContain('requested by none');
  });

  it('says nothing where there are no hosts', () => {
    const other = run({ type: 'ec2', instanceType: 'c7g.large' });
    expect(hostSentence(other)).toBeNull();
    expect(billSection(other).markup).not.toContain('CPU of hosts');
  });
});
