import { describe, expect, it, test } from 'vitest';
import { group, runEks, smallPod, usd } from './eks-run.ts';

describe('the control plane', () => {
  it('costs $73 in standard support and $438 in extended, a month of 730 h', () => {
    const month = (support: string) =>
      usd(runEks({ platform: { ...smallPod, ...group('m7g.large'), support } }), 'eks.cluster');
    expect(month('standard')).toBeCloseTo(73, 9);
    expect(month('extended')).toBeCloseTo(438, 9);
  });
});

describe('EKS Auto Mode', () => {
  const autoMode = (instanceType: string) =>
    runEks({ platform: { ...smallPod, nodes: { type: 'autoMode', instanceTypes: [instanceType] } } });

  it('charges 12 % of on-demand: $0.34272 an hour for a c6a.2xlarge with its instance', () => {
    const platform = autoMode('c6a.2xlarge');
    const hourly = (usd(platform, 'ec2.instance.c6a.2xlarge') + usd(platform, 'eks.auto-mode')) / 730;
    expect(hourly).toBeCloseTo(0.34272, 9);
    expect(usd(platform, 'eks.auto-mode') / 730).toBeCloseTo(0.03672, 9);
  });

  it('charges 35 % less of it for G families', () => {
    const platform = autoMode('g6.xlarge');
    const share = usd(platform, 'eks.auto-mode') / usd(platform, 'ec2.instance.g6.xlarge');
    expect(share).toBeCloseTo(0.078, 9);
  });
});

describe('nodes', () => {
  it('are paid by the second with volume and address, and are the hosts of the result', () => {
    const platform = runEks({
      platform: { ...smallPod, ...group('m7g.large', { minSize: 2 }), replicas: 2 },
    });
    expect(usd(platform, 'ec2.instance.m7g.large')).toBeCloseTo(2 * 730 * 0.0816, 9);
    expect(usd(platform, 'ebs.gp3')).toBeCloseTo(2 * 20 * 0.08, 9);
    expect(usd(platform, 'vpc.public-ipv4')).toBeCloseTo(2 * 730 * 0.005, 9);
    expect(platform.capacity).toMatchObject({ unit: 'pods', mean: 2, max: 2 });
    expect(platform.hosts).toMatchObject({ mean: 2, max: 2, started: 2 });
  });

  it('have volumes as EC2 instances do, in Auto Mode of 80 GB', () => {
    const ebs = [
      { type: 'gp3', size: 20, iops: 4000 },
      { type: 'st1', size: 125 },
    ];
    const platform = runEks({ platform: { ...smallPod, ...group('m7g.large', { ebs }) } });
    expect(usd(platform, 'ebs.gp3.iops')).toBeCloseTo(1000 * 0.005, 9);
    expect(usd(platform, 'ebs.st1')).toBeCloseTo(125 * 0.045, 9);
    const auto = runEks({
      platform: { ...smallPod, nodes: { type: 'autoMode', instanceTypes: ['m7g.large'] } },
    });
    expect(usd(auto, 'ebs.gp3')).toBeCloseTo(80 * 0.08, 9);
  });

  test('an idle share is what was paid and not requested, and what was requested and not used', () => {
    // Two nodes of 2 vCPUs, two pods of 0.5 that use 0.1 together: of 4 vCPUs 3 are not requested, 0.9 idle.
    const platform = runEks({
      rate: '1/s',
      workload: { cpu: '100ms' },
      platform: { ...smallPod, ...group('m7g.large', { minSize: 2 }), replicas: 2 },
    });
    const { unrequestedFraction, unusedFraction, idleUsdPerMonth, utilization } = platform.hosts!;
    const nodes = 2 * 730 * 0.0816;
    expect(unrequestedFraction).toBeCloseTo(3 / 4, 9);
    expect(unusedFraction).toBeCloseTo(0.9 / 4, 4);
    expect(idleUsdPerMonth!.unrequested).toBeCloseTo((3 / 4) * nodes, 6);
    expect(idleUsdPerMonth!.unused).toBeCloseTo((0.9 / 4) * nodes, 3);
    expect(utilization).toBeCloseTo(0.1 / 4, 5);
  });
});
