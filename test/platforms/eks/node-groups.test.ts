import { describe, expect, it, test } from 'vitest';
import { runEks, usd } from './eks-run.ts';

const POD = { resources: { requests: { cpu: '900m', memory: '512Mi' } }, replicas: 4 };
const groups = (list: object[], more: object = {}) => ({
  ...POD,
  nodes: { type: 'managedNodeGroup', groups: list, ...more },
});
/** By type: two vCPUs hold two pods, eight hold eight. */
const small = { instanceType: 'm7g.large', minSize: 0, maxSize: 10 };
const large = { instanceType: 'm7g.2xlarge', minSize: 0, maxSize: 10 };
const types = (platform: object) => {
  const { cost } = runEks({ platform });
  return cost.lines.filter(({ id }) => id.startsWith('ec2.instance.')).map(({ id }) => id.slice(13));
};

describe('several node groups', () => {
  test('Cluster Autoscaler’s default expander is now least-waste', () => {
    // Two of two vCPUs are used up to 3.6 of 4; of one with eight 4.4 would be idle.
    expect(types(groups([large, small]))).toEqual(['m7g.large']);
    expect(types(groups([large, { ...small, maxSize: 1 }], { expander: 'least-waste' }))).toEqual([
      'm7g.2xlarge',
      'm7g.large',
    ]);
  });

  it('grow by most-pods and by priority as told', () => {
    const one = { ...small, maxSize: 1 };
    expect(types(groups([one, large], { expander: 'most-pods' }))).toEqual(['m7g.2xlarge']);
    const prior = [
      { ...small, priority: 10 },
      { ...large, priority: 50 },
    ];
    expect(types(groups(prior, { expander: 'priority' }))).toEqual(['m7g.2xlarge']);
  });

  it('random grows either, each scan anew', () => {
    const first = (seed: number) =>
      runEks({
        seed,
        duration: '5m',
        platform: { ...groups([small, large], { expander: 'random' }), start: 'empty', replicas: 1 },
      }).cost.lines.some(({ id }) => id === 'ec2.instance.m7g.large');
    const smallFirst = Array.from({ length: 40 }, (_, seed) => first(seed + 1)).filter(Boolean).length;
    // Binomial with 40 draws: 20 ± 2.576 √10.
    expect(Math.abs(smallFirst - 20)).toBeLessThan(8.2);
  });

  it('hold their own smallest and largest sizes, and are billed by their types', () => {
    const fixed = [
      { instanceType: 'm7g.large', minSize: 2, maxSize: 2 },
      { instanceType: 'c7g.xlarge', minSize: 1, maxSize: 1 },
    ];
    const platform = runEks({ platform: groups(fixed, { autoscaler: 'none' }) });
    expect(usd(platform, 'ec2.instance.m7g.large')).toBeCloseTo(2 * 730 * 0.0816, 9);
    expect(usd(platform, 'ec2.instance.c7g.xlarge')).toBeCloseTo(730 * 0.145, 9);
    expect(platform.hosts).toMatchObject({ mean: 3, max: 3 });
  });

  it('shrink to the smallest size of each', () => {
    const hpa = { minReplicas: 1, maxReplicas: 8 };
    const list = [
      { ...small, minSize: 1 },
      { ...large, desiredSize: 2 },
    ];
    const platform = runEks({
      duration: '3h',
      platform: { ...groups(list), replicas: 8, hpa },
    });
    expect(platform.timeseries.columns.capacity.at(-1)).toBe(1);
    // Both large ones are gone after ten minutes and some; the small one is there all the time.
    const share = usd(platform, 'ec2.instance.m7g.2xlarge') / (2 * 730 * 0.3264);
    expect(share).toBeLessThan(0.25);
    expect(usd(platform, 'ec2.instance.m7g.large')).toBeCloseTo(730 * 0.0816, 6);
  });

  it('of one group are what the keys of one group say', () => {
    const sizes = { instanceType: 'm7g.large', minSize: 1, maxSize: 5 };
    const one = runEks({ platform: { ...POD, nodes: { type: 'managedNodeGroup', ...sizes } } });
    expect(runEks({ platform: groups([sizes]) })).toEqual(one);
  });

  it('on which the pod does not fit are left alone, empty at their smallest size', () => {
    const tiny = { instanceType: 't4g.nano', minSize: 1, maxSize: 10 };
    for (const expander of ['least-waste', 'most-pods', 'random', 'priority']) {
      const list = [
        { ...tiny, priority: 9 },
        { ...small, priority: 1 },
      ];
      const platform = runEks({ platform: groups(list, { expander }) });
      // Two pods a node: two nodes for four pods, and the one that nobody can use.
      expect(usd(platform, 'ec2.instance.m7g.large')).toBeCloseTo(2 * 730 * 0.0816, 9);
      expect(usd(platform, 'ec2.instance.t4g.nano')).toBeCloseTo(730 * 0.0042, 9);
      expect(platform.capacity.mean).toBe(4);
    }
  });

  it('on which the pod does not fit lose what they have above their smallest size', () => {
    const list = [{ instanceType: 't4g.nano', minSize: 0, desiredSize: 3 }, small];
    const platform = runEks({ duration: '1h', platform: groups(list) });
    // Unneeded from the first scan at 10 s on, for ten minutes.
    const seconds = usd(platform, 'ec2.instance.t4g.nano') / ((730 / 3600) * 0.0042);
    expect(seconds).toBeCloseTo(3 * 610, 6);
  });

  it('are refused where they contradict themselves, and where the pod fits on none of them', () => {
    const refuse = (platform: object) => () => runEks({ platform });
    expect(refuse({ ...POD, nodes: { type: 'managedNodeGroup' } })).toThrow(/missing-key/);
    expect(refuse(groups([small], { instanceType: 'm7g.large' }))).toThrow(/conflicting-keys/);
    expect(refuse(groups([{ ...small, minSize: 3, maxSize: 2 }]))).toThrow(/out-of-range/);
    const nano = { ...small, instanceType: 't4g.nano' };
    expect(refuse(groups([nano, { ...nano, instanceType: 't4g.micro' }]))).toThrow(/pod-fits-no-node/);
  });
});
