import { describe, expect, it } from 'vitest';
import { refusals, runEcs } from './fixtures.ts';

/** One task a host; a month as long as the window. */
const service = (hosts: string, task = '') =>
  'launchType: EC2, cpu: 2048, memory: 1024, desiredCount: 100, pull: 1s, applicationStart: 1s, ' +
  `launchRate: { perService: 100/s }, ${task} ` +
  'capacityProvider: { instanceType: c7g.large, minSize: 100, maxSize: 100, pending: 10s, boot: 10s, ' +
  `${hosts} }`;
const month = (hours: number) => ({ duration: `${hours}h`, more: `billing: { month: ${hours}h }` });
const line = ({ cost }: ReturnType<typeof runEcs>, id: string) => cost.lines.find((each) => each.id === id);

describe('Spot hosts', () => {
  it('are interrupted as often as told, and paid for until they are taken two minutes later', () => {
    // 73 a month of 730 hours are one in ten hours: of 100 hosts 200 in 20 hours (Poisson).
    const platform = runEcs(service('purchase: spot, interruptionsPerMonth: 73'), {
      ...month(20),
      rate: '1/h',
    });
    const interruptions = platform.hosts!.started - 100;
    expect(Math.abs(interruptions - 200)).toBeLessThan(2.576 * Math.sqrt(200));
    const { quantity, usdPerUnit } = line(platform, 'ec2.spot.c7g.large')!;
    // The next is ordered when the old one is gone, and runs ten seconds later.
    expect(quantity).toBeCloseTo(2000 - (interruptions * 10) / 3600, 1);
    // The mean Spot price in us-east-1 (AWS Price List by Vantage, 2026-07-05).
    expect(usdPerUnit).toBe(0.02678);
    expect(line(platform, 'ec2.instance.c7g.large')).toBeUndefined();
    expect(line(platform, 'ebs.gp3')).toBeDefined();
  });

  it('give up their tasks at the notice: these finish what they hold within stopTimeout', () => {
    const often = 'purchase: spot, interruptionsPerMonth: 730, capacityRebalance: true';
    const parts = { duration: '20h', rate: '200/h', workload: '{ cpu: 0s, wait: 119s }' };
    expect(runEcs(service(often, 'stopTimeout: 120s,'), parts).requests.failed).toBe(0);
    // Half a minute after the notice half a minute of each request's 119 s is over, for one in 3600 s.
    const lost = runEcs(service(often), parts).requests;
    expect(lost.failures.interrupted).toBe(lost.failed);
    const share = 1 - Math.exp(-(119 - 30) / 3600);
    const expected = share * lost.arrived;
    expect(Math.abs(lost.failed - expected)).toBeLessThan(2.576 * Math.sqrt(expected * 1.5));
  });

  it('without draining serve to the end, and lose what they hold then', () => {
    const often = 'purchase: spot, interruptionsPerMonth: 730, enableSpotInstanceDraining: false';
    const parts = { duration: '20h', rate: '200/h', workload: '{ cpu: 0s, wait: 119s }' };
    const { arrived, failed, failures } = runEcs(service(often), parts).requests;
    expect(failures.interrupted).toBe(failed);
    const expected = (1 - Math.exp(-119 / 3600)) * arrived;
    expect(Math.abs(failed - expected)).toBeLessThan(2.576 * Math.sqrt(expected * 1.5));
  });

  it('mix with on-demand ones: a base, and a percentage above it', () => {
    const ten = service(
      'purchase: { onDemandBaseCapacity: 20, onDemandPercentageAboveBaseCapacity: 50 }, ' +
        'interruptionsPerMonth: 730',
    );
    const platform = runEcs(ten, { ...month(5), rate: '1/h' });
    // On-demand ones are never interrupted: 20 and half of 80.
    expect(line(platform, 'ec2.instance.c7g.large')).toMatchObject({ quantity: 300, usdPerUnit: 0.0725 });
  });

  it('are covered by no commitment', () => {
    const reserved = 'billing: { month: 10h, reservedInstances: [{ instanceType: c7g.large, count: 100 }] }';
    const platform = runEcs(service('purchase: spot, interruptionsPerMonth: 0'), {
      duration: '10h',
      more: reserved,
    });
    expect(line(platform, 'ec2.spot.c7g.large')).toMatchObject({ quantity: 1000, usdPerUnit: 0.02678 });
  });

  it('are refused where nobody knows how often they are taken, and idle keys too', () => {
    const code = (hosts: string) => refusals(service(hosts)).map(({ code, key }) => [code, key]);
    expect(code('interruptionsPerMonth: 3')).toEqual([
      ['needs-spot', 'capacityProvider.interruptionsPerMonth'],
    ]);
    const [refusal] = refusals(service('purchase: spot').replace('c7g.large', 'm9g.large'));
    expect(refusal?.key).toMatch(/^capacityProvider/);
  });
});
