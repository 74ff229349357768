import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { billOf, type Example, type MonthBill } from './bill-of.ts';

/** Nothing on the bill but the instances themselves. */
const BARE = 'ebs: none, publicIpv4: false, monitoring: basic';

/** Idle servers for a month of 730 h, of which one hour is simulated. */
function fleet(options: string, billing: string, more: Partial<Example> = {}): MonthBill {
  return billOf({
    rate: '0/s',
    duration: '3600s',
    month: '730h',
    workload: '{ cpu: 10ms }',
    platform: `{ type: ec2, ${options}, ${BARE} }`,
    billing,
    ...more,
  });
}

const hoursOf = (bill: MonthBill, id: string) =>
  (bill.platform.cost.lines.find((line) => line.id === id)?.quantity ?? 0) / 730;

describe('Savings Plans on EC2, by the prices of the Savings Plans User Guide', () => {
  const PRICES = 'prices: { ec2.instance.r5.4xlarge: $1.00/h }';
  const plan = (commitment: string) =>
    `savingsPlans: [{ type: compute, commitment: ${commitment}, rates: { r5.4xlarge: $0.70/h } }]`;
  const four = (billing: string) => fleet('instanceType: r5.4xlarge, minSize: 4', `${PRICES}, ${billing}`);

  it('$50.00 an hour: $2.80 are used, $47.20 are not, and all of it is paid', () => {
    const bill = four(plan('$50.00/h'));
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(730 * 2.8, 9);
    expect(bill.line('savings-plan.compute.unused').usd).toBeCloseTo(730 * 47.2, 9);
    expect(bill.usdPerMonth).toBeCloseTo(730 * 50, 9);
  });

  it('$2.00 an hour: 2.857 of four instances, the rest on demand', () => {
    const bill = four(plan('$2.00/h'));
    expect(hoursOf(bill, 'ec2.instance.r5.4xlarge.covered')).toBeCloseTo(2 / 0.7, 12);
    expect(bill.line('ec2.instance.r5.4xlarge').usd).toBeCloseTo(730 * (4 - 2 / 0.7), 9);
    expect(bill.usdPerMonth).toBeCloseTo(730 * (2 + 4 - 2 / 0.7), 9);
  });

  it('two Reserved Instances come first, the plan pays for the two others', () => {
    const reserved = 'reservedInstances: [{ instanceType: r5.4xlarge, count: 2, rate: $0.55/h }]';
    const bill = four(`${reserved}, ${plan('$18.20/h')}`);
    expect(hoursOf(bill, 'reserved-instance.r5.4xlarge')).toBeCloseTo(2, 12);
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(730 * 1.4, 9);
    expect(bill.usdPerMonth).toBeCloseTo(730 * (1.1 + 18.2), 9);
  });

  it('an EC2 Instance plan of the family comes before a Compute plan', () => {
    const both =
      'savingsPlans: [{ type: compute, commitment: $0.70/h, rates: { r5.4xlarge: $0.70/h } }, ' +
      '{ type: ec2Instance, family: r5, commitment: $1.80/h, rates: { ec2.instance.r5.4xlarge: $0.60/h } }]';
    const bill = four(both);
    expect(hoursOf(bill, 'ec2.instance.r5.4xlarge.covered')).toBeCloseTo(4, 12);
    expect(bill.line('savings-plan.ec2-instance.r5').usd).toBeCloseTo(730 * 1.8, 9);
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(730 * 0.7, 9);
  });

  it('an EC2 Instance plan of another family pays for nothing', () => {
    const bill = four('savingsPlans: [{ type: ec2Instance, family: m7g, commitment: $1.80/h }]');
    expect(bill.line('savings-plan.ec2-instance.m7g.unused').usd).toBeCloseTo(730 * 1.8, 9);
    expect(bill.usdPerMonth).toBeCloseTo(730 * 5.8, 9);
  });

  it('without rates an EC2 Instance plan asks what a Standard Reserved Instance costs', () => {
    const terms = 'type: ec2Instance, family: m5, commitment: $1/h, term: 1y, payment: allUpfront';
    const bill = fleet('instanceType: m5.large', `savingsPlans: [{ ${terms} }]`);
    expect(bill.line('savings-plan.ec2-instance.m5').usd).toBeCloseTo(730 * 0.056393, 9);
    expect(bill.platform.assumptions.join('\n')).toMatch(
      /Savings Plan rate of `ec2.instance.m5.large` is uncertain/,
    );
  });

  it('Windows pays its licence on top of the rate of Linux', () => {
    const terms = 'type: ec2Instance, family: m5, commitment: $1/h, term: 1y, payment: allUpfront';
    const bill = fleet('instanceType: m5.large, operatingSystem: windows', `savingsPlans: [{ ${terms} }]`);
    expect(bill.line('savings-plan.ec2-instance.m5').usd).toBeCloseTo(730 * (0.056393 + 0.188 - 0.096), 9);
  });
});

describe('Lambda under a Compute Savings Plan', () => {
  const NO_START = 'coldStart: { setup: 0s, init: 0s }';
  /** A million calls of 3 s at 512 MB in each hour, a thousandth of them simulated. */
  const hour = (billing: string): MonthBill =>
    billOf({
      rate: '1000/h',
      duration: '3600s',
      month: '1000h',
      workload: '{ cpu: 0s, wait: 3s }',
      platform: `{ type: lambda, memorySize: 512, ${NO_START} }`,
      billing,
    });
  const PRICES = 'prices: { lambda.duration.x86: $0.000015/GB-s }';
  const RATES = 'rates: { lambda.duration.x86: $0.00001275/GB-s, lambda.requests: $0.20/million }';
  const plan = (commitment: string) =>
    `savingsPlans: [{ type: compute, commitment: ${commitment}, ${RATES} }]`;

  it('a million calls use $19.325 of a plan that names requests too', () => {
    const bill = hour(`${PRICES}, ${plan('$0.05/h')}`);
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(19.325, 9);
    expect(bill.line('lambda.duration.x86.covered').quantity).toBe(1_500_000);
    expect(bill.line('lambda.requests.covered').quantity).toBe(1_000_000);
    expect(bill.usdPerMonth).toBeCloseTo(50, 9);
  });

  it('requests are not discounted, and not covered unless a rate is named', () => {
    const rates = 'rates: { lambda.duration.x86: $0.00001275/GB-s }';
    const bill = hour(`${PRICES}, savingsPlans: [{ type: compute, commitment: $0.05/h, ${rates} }]`);
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(19.125, 9);
    expect(bill.line('lambda.requests').usd).toBeCloseTo(0.2, 9);
  });

  it.each([
    ['1y', 0.88],
    ['3y', 0.83],
  ])('without rates: %s at %d of the price, told as uncertain', (term, share) => {
    const bill = hour(`savingsPlans: [{ type: compute, commitment: $0.05/h, term: ${term} }]`);
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(1_500_000 * 0.0000166667 * share, 6);
    expect(bill.platform.assumptions.join('\n')).toMatch(/Savings Plan rate of `lambda.duration.x86`/);
  });

  it('free tier and tiers hold for what the plan leaves', () => {
    // $0.00637500 an hour pay for 500 GB-s: 500,000 GB-s of the month. 400,000 of the other million are free.
    const bill = hour(`${PRICES}, freeTier: true, ${plan('$0.006375/h')}`);
    expect(bill.line('lambda.duration.x86')).toMatchObject({ quantity: 1_000_000, freeQuantity: 400_000 });
    expect(bill.line('lambda.duration.x86').usd).toBeCloseTo(600_000 * 0.000015, 9);
  });

  it('no commitment is carried from a quiet hour to a busy one', () => {
    const quietThenBusy = (rate: string) =>
      simulate(
        [
          'version: 1',
          'duration: 2h',
          `billing: { month: 2h, ${PRICES}, ${plan('$0.019125/h')} }`,
          'workload: { cpu: 0s, wait: 3s }',
          'traffic:',
          `  busy: { executor: constant-arrival-rate, rate: ${rate}, arrivals: uniform, startTime: 1h }`,
          `platforms: { it: { type: lambda, memorySize: 512, ${NO_START} } }`,
        ].join('\n'),
      ).platforms.it!.cost;
    const line = (cost: ReturnType<typeof quietThenBusy>, id: string) =>
      cost.lines.find((each) => each.id === id)?.quantity;
    // 2,000 calls in the second hour use 3,000 GB-s; its commitment pays for 1,500 of them.
    const cost = quietThenBusy('2000/h');
    expect(line(cost, 'lambda.duration.x86.covered')).toBeCloseTo(1_500, 9);
    expect(line(cost, 'lambda.duration.x86')).toBeCloseTo(1_500, 9);
    expect(line(cost, 'savings-plan.compute')).toBeCloseTo(1, 9);
    expect(line(cost, 'savings-plan.compute.unused')).toBeCloseTo(1, 9);
  });

  it('pays for provisioned concurrency and what runs on it', () => {
    // Five of 1 GB for an hour: 18,000 GB-s; 360 calls of 1 s on them: 360 GB-s.
    const bill = billOf({
      rate: '360/h',
      duration: '3600s',
      month: '730h',
      workload: '{ cpu: 0s, wait: 1s }',
      platform: '{ type: lambda, memorySize: 1024, provisionedConcurrency: 5, start: warm }',
      billing: 'savingsPlans: [{ type: compute, commitment: $1/h }]',
    });
    const list = 18_000 * 0.0000041667 + 360 * 0.0000097222;
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(730 * 0.88 * list, 9);
    expect(bill.platform.cost.lines.map(({ id }) => id)).not.toContain('lambda.provisioned.concurrency');
  });
});

it('a plan pays for provisioned concurrency in the hours in which it is on, and not before', () => {
  // Ten of 1 GB in the second of two hours: 36,000 GB-s, of which $0.10 at $0.000004 pay for 25,000.
  const rates = 'rates: { lambda.provisioned.concurrency: $0.000004/GB-s }';
  const schedule = "[{ schedule: 'at(2026-01-05T01:00:00)', capacity: 10 }]";
  const { lines } = simulate(
    [
      'version: 1',
      'duration: 2h',
      `billing: { month: 2h, savingsPlans: [{ type: compute, commitment: $0.10/h, ${rates} }] }`,
      'workload: { cpu: 1ms }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 0/s } }',
      'platforms:',
      '  it:',
      '    type: lambda',
      '    memorySize: 1024',
      '    coldStart: { init: 0s }',
      `    provisionedConcurrency: { schedule: ${schedule} }`,
    ].join('\n'),
  ).platforms.it!.cost;
  const quantity = (id: string) => lines.find((line) => line.id === id)?.quantity;
  expect(quantity('lambda.provisioned.concurrency.covered')).toBeCloseTo(25_000, 6);
  expect(quantity('lambda.provisioned.concurrency')).toBeCloseTo(11_000, 6);
  expect(quantity('savings-plan.compute')).toBeCloseTo(1, 9);
  expect(quantity('savings-plan.compute.unused')).toBeCloseTo(1, 9);
});

describe('Fargate under a Compute Savings Plan', () => {
  // A vCPU at $0.04 and $0.03, a GB at $0.004 and $0.003: 1 vCPU and 4 GB cost $0.056, under the plan $0.042.
  const PRICES = 'prices: { fargate.vcpu: $0.04, fargate.memory: $0.004 }';
  const task = (commitment: string) =>
    billOf({
      rate: '0/s',
      duration: '3600s',
      month: '1000h',
      workload: '{ cpu: 10ms }',
      platform:
        '{ type: ecs, launchType: FARGATE, cpu: 1024, memory: 4096, desiredCount: 100, publicIpv4: false }',
      billing:
        `${PRICES}, savingsPlans: [{ type: compute, commitment: ${commitment}, ` +
        'rates: { fargate.vcpu: $0.03, fargate.memory: $0.003 } }]',
    });

  it('$4.20 an hour cover a hundred tasks', () => {
    const bill = task('$4.20/h');
    expect(bill.line('savings-plan.compute').usd).toBeCloseTo(4200, 9);
    expect(bill.usdPerMonth).toBeCloseTo(4200, 9);
  });

  it('of equal savings memory comes first, which has the lowest rate', () => {
    const bill = task('$1.20/h');
    expect(bill.line('fargate.memory.covered').quantity).toBeCloseTo(400_000, 6);
    expect(bill.line('fargate.vcpu').usd).toBeCloseTo(4000, 6);
    expect(bill.platform.cost.lines.map(({ id }) => id)).not.toContain('fargate.vcpu.covered');
  });
});

it('every platform is billed as if it were alone, with the commitments in full', () => {
  const text = (platforms: string) =>
    [
      'version: 1',
      'duration: 1h',
      'billing: { savingsPlans: [{ type: compute, commitment: $1/h }] }',
      'workload: { cpu: 100ms }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 2/s } }',
      `platforms: { ${platforms} }`,
    ].join('\n');
  const lambda = 'a: { type: lambda }';
  const servers = 'b: { type: ec2, instanceType: m7g.large }';
  const both = simulate(text(`${lambda}, ${servers}`)).platforms;
  expect(both.a).toEqual(simulate(text(lambda)).platforms.a);
  expect(both.b).toEqual(simulate(text(servers)).platforms.b);
  for (const platform of Object.values(both)) {
    const plan = platform.cost.lines.filter(({ id }) => id.startsWith('savings-plan.compute'));
    expect(plan.reduce((sum, line) => sum + line.usd, 0)).toBeCloseTo(730, 9);
  }
});
