// Rules of commitments that are easily missed, each with what it means for a bill.
import { describe, expect, it } from 'vitest';
import { type BillLine, simulate } from '../../sim/index.ts';
import { BARE, fleet } from './bill-of.ts';

function linesOf(billing: string, platform: string, duration = '1h'): readonly BillLine[] {
  const text = [
    'version: 1',
    `duration: ${duration}`,
    `billing: { month: ${duration}, ${billing} }`,
    'workload: { cpu: 1ms }',
    'traffic: { main: { executor: constant-arrival-rate, rate: 0/s } }',
    `platforms: { it: ${platform} }`,
  ];
  return simulate(text.join('\n')).platforms.it!.cost.lines;
}

const quantityOf = (lines: readonly BillLine[], id: string) =>
  lines.find((line) => line.id === id)?.quantity ?? 0;

describe('Savings Plans: Reserved Instances first, then EC2 Instance plans, then Compute plans', () => {
  // Ten m5.large at $0.096: two reserved, three under the family's plan at $0.06, four under the Compute
  // plan at $0.07, and one on demand. Whatever the order in the file.
  const reserved = 'reservedInstances: [{ instanceType: m5.large, count: 2, rate: $0.055 }]';
  const family = '{ type: ec2Instance, family: m5, commitment: $0.18/h, rates: { m5.large: $0.06 } }';
  const compute = '{ type: compute, commitment: $0.28/h, rates: { m5.large: $0.07 } }';
  const platform = `{ type: ec2, instanceType: m5.large, minSize: 10, ${BARE} }`;

  it.each([`[${family}, ${compute}]`, `[${compute}, ${family}]`])('%s', (plans) => {
    const lines = linesOf(`savingsPlans: ${plans}, ${reserved}`, platform);
    expect(lines.map(({ id }) => id)).toEqual([
      'ec2.instance.m5.large',
      'ec2.instance.m5.large.covered',
      'reserved-instance.m5.large',
      'savings-plan.compute',
      'savings-plan.ec2-instance.m5',
    ]);
    expect(quantityOf(lines, 'ec2.instance.m5.large')).toBeCloseTo(1, 12);
    const usd = lines.reduce((sum, line) => sum + line.usd, 0);
    expect(usd).toBeCloseTo(0.096 + 2 * 0.055 + 0.18 + 0.28, 12);
  });

  it('no roll-over between hours: what an idle hour leaves is lost', () => {
    const late = `{ type: ec2, instanceType: m5.large, minSize: 4, start: empty, pending: 1h, ${BARE} }`;
    const lines = linesOf(`savingsPlans: [${compute.replace('0.28', '0.14')}]`, late, '2h');
    expect(quantityOf(lines, 'ec2.instance.m5.large.covered')).toBeCloseTo(2, 12);
    expect(quantityOf(lines, 'savings-plan.compute.unused')).toBeCloseTo(1, 12);
  });
});

describe('what commitments do not pay for', () => {
  const PLAN = 'savingsPlans: [{ type: compute, commitment: $10/h }]';
  const RESERVED = 'reservedInstances: [{ instanceType: m5.large, count: 9, payment: allUpfront }]';

  it('EKS Auto Mode charges 12 % of on-demand even on Savings Plans and Reserved Instances', () => {
    const nodes = 'nodes: { type: autoMode, instanceTypes: [m5.large] }';
    const platform = `{ type: eks, resources: { requests: { cpu: 500m, memory: 512Mi } }, ${nodes} }`;
    const fee = (billing: string) => linesOf(billing, platform).find(({ id }) => id === 'eks.auto-mode')!.usd;
    const listed = fee('freeTier: false');
    expect(listed).toBeCloseTo(0.01152, 9);
    expect(fee(PLAN)).toBeCloseTo(listed, 12);
    expect(fee(RESERVED)).toBeCloseTo(listed, 12);
    expect(quantityOf(linesOf(PLAN, platform), 'ec2.instance.m5.large')).toBe(0);
  });

  it.each([PLAN, RESERVED])('Spot, with its own price: %s', (billing) => {
    const lines = linesOf(billing, `{ type: ec2, instanceType: m5.large, purchase: spot, ${BARE} }`);
    expect(quantityOf(lines, 'ec2.spot.m5.large')).toBeCloseTo(1, 6);
    expect(lines.filter(({ id }) => id.endsWith('.covered'))).toEqual([]);
  });

  it('volumes, addresses, monitoring and load balancers', () => {
    const options = 'instanceType: m5.large, frontDoor: alb';
    const around = (billing: string) =>
      fleet(options, { billing }).platform.cost.lines.filter(({ id }) =>
        /^(ebs|vpc|cloudwatch|alb)/.test(id),
      );
    expect(around(`${PLAN}, ${RESERVED}`)).toEqual(around('freeTier: false'));
  });

  it('storage of Fargate above 20 GB', () => {
    const storage = 'ephemeralStorage: { sizeInGiB: 100 }';
    const lines = linesOf(PLAN, `{ type: ecs, cpu: 1024, memory: 2048, desiredCount: 1, ${storage} }`);
    expect(quantityOf(lines, 'fargate.vcpu')).toBe(0);
    expect(quantityOf(lines, 'fargate.ephemeral-storage')).toBeCloseTo(80, 9);
  });
});

describe('nodes of a cluster', () => {
  it('a Reserved Instance of half their size pays for half a node', () => {
    const nodes = 'nodes: { type: managedNodeGroup, instanceType: m5.xlarge, minSize: 2, ebs: none }';
    const pods = 'resources: { requests: { cpu: 500m, memory: 512Mi } }';
    const reserved = 'reservedInstances: [{ instanceType: m5.large, count: 3, rate: $0.05 }]';
    const lines = linesOf(reserved, `{ type: eks, ${pods}, ${nodes} }`);
    expect(quantityOf(lines, 'ec2.instance.m5.xlarge.covered')).toBeCloseTo(1.5, 12);
    expect(quantityOf(lines, 'ec2.instance.m5.xlarge')).toBeCloseTo(0.5, 12);
  });

  it('those in private subnets go out through NAT gateways', () => {
    const nodes = 'nodes: { type: managedNodeGroup, instanceType: m5.large, publicIpv4: false }';
    const lines = linesOf('freeTier: false', `{ type: eks, natGateway: { count: 2 }, ${nodes} }`);
    expect(quantityOf(lines, 'vpc.nat.hours')).toBeCloseTo(2, 12);
    expect(quantityOf(lines, 'vpc.public-ipv4')).toBeCloseTo(2, 12);
  });
});
