import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { type Example, fleet, type MonthBill, problemsOf } from './bill-of.ts';

describe('EBS volumes', () => {
  const volumes = (ebs: string, more: Partial<Example> = {}) =>
    fleet(`instanceType: c7g.large, ebs: ${ebs}, publicIpv4: false, monitoring: basic`, more);

  it('gp3 of 2,000 GB, 10,000 IOPS, 500 MB/s for 12 h of a 30-day month: $3.625, here $3.50', () => {
    const ebs = '{ type: gp3, size: 2000, iops: 10000, throughput: 500 }';
    const twelveHours = (billing: string) =>
      volumes(`${ebs}, start: empty, pending: 708h`, { duration: '720h', month: '720h', billing });
    // The page's example is of a region where throughput costs $0.06.
    const page = twelveHours('prices: { ebs.gp3.throughput: $0.06 }');
    expect(page.line('ebs.gp3').usd).toBeCloseTo(8 / 3, 9);
    expect(page.line('ebs.gp3.iops').usd).toBeCloseTo(7 / 12, 9);
    expect(page.line('ebs.gp3.throughput').usd).toBeCloseTo(0.375, 9);
    const sum = (bill: MonthBill) =>
      bill.platform.cost.lines
        .filter(({ id }) => id.startsWith('ebs.'))
        .reduce((usd, line) => usd + line.usd, 0);
    expect(sum(page)).toBeCloseTo(3.625, 9);
    expect(sum(twelveHours(''))).toBeCloseTo(3.5, 9);
  });

  it.each([
    // Amazon EBS pricing, us-east-1, for a month
    ['{ type: gp3, size: 100 }', { 'ebs.gp3': 8 }],
    ['{ type: gp2, size: 100 }', { 'ebs.gp2': 10 }],
    ['{ type: io1, size: 100, iops: 1000 }', { 'ebs.io1': 12.5, 'ebs.io1.iops': 65 }],
    [
      '{ type: io2, size: 100, iops: 40000 }',
      { 'ebs.io2': 12.5, 'ebs.io2.iops': 32_000 * 0.065 + 8_000 * 0.046 },
    ],
    [
      '[{ size: 20 }, { type: st1, size: 500 }, { type: sc1, size: 1000 }]',
      {
        'ebs.gp3': 1.6,
        'ebs.st1': 22.5,
        'ebs.sc1': 15,
      },
    ],
    ['none', {}],
  ])('%s', (ebs, expected) => {
    const lines = volumes(ebs).platform.cost.lines.filter(({ id }) => id.startsWith('ebs.'));
    expect(lines.map(({ id }) => id).sort()).toEqual(Object.keys(expected).sort());
    for (const { id, usd } of lines)
      expect(usd, id).toBeCloseTo((expected as Record<string, number>)[id]!, 9);
  });

  it.each([
    ['{ type: gp3, size: 10, iops: 6000 }', 'out-of-range', '500 IOPS for each GB'],
    ['{ type: gp3, throughput: 1000 }', 'out-of-range', '0.25 MB/s for each IOPS'],
    ['{ type: io1, size: 20, iops: 2000 }', 'out-of-range', '50 IOPS for each GB'],
    ['{ type: st1, size: 500 }', 'out-of-range', 'gp3 volume first'],
    ['{ type: io2, size: 20 }', 'missing-key', 'iops'],
  ])('refuses %s: %s', (ebs, code, help) => {
    expect(problemsOf(() => volumes(ebs))).toEqual([[code, expect.stringContaining(help)]]);
  });

  it('an unpriced volume is an error of its region, not $0', () => {
    const text = [
      'version: 1',
      'region: eu-west-1',
      'duration: 1h',
      'workload: { cpu: 1ms }',
      'traffic: { main: { executor: constant-arrival-rate, rate: 1/s } }',
      'platforms: { it: { type: ec2, instanceType: m5.large, ebs: { type: io2, size: 20, iops: 500 } } }',
    ].join('\n');
    const problems = problemsOf(() => simulate(text));
    expect(problems.map(([code]) => code)).toEqual(['unpriced', 'unpriced']);
  });
});
