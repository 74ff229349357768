import { describe, expect, test } from 'vitest';
import { ScenarioError } from '../../../sim/index.ts';
import { group, runEks } from './eks-run.ts';

/** What is refused of a pod whose program needs so much memory. */
function refusal(platform: object, memory: string) {
  try {
    runEks({ platform, duration: '1m', workload: { cpu: '1ms', memory } });
    return null;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const [{ code, path, message, help }] = error.problems as [(typeof error.problems)[number]];
    return { code, at: path.slice(2).join('.'), message, help };
  }
}

const resources = (kind: 'requests' | 'limits', memory: string) => ({ resources: { [kind]: { memory } } });
const onFargate = { nodes: { type: 'fargate' } };

describe('memory that does not fit is refused', () => {
  test('beyond the limit the kernel ends the pod: OOMKilled', () => {
    const pod = { ...resources('limits', '512Mi'), ...group('m7g.large') };
    expect(refusal(pod, '512MiB')).toBeNull();
    expect(refusal(pod, '513MiB')).toMatchObject({
      code: 'does-not-fit',
      at: 'resources.limits.memory',
      message: 'workload `workload` needs 513 MiB of memory, and there are 512 MiB',
      help: expect.stringContaining('OOMKilled'),
    });
  });

  test('without a limit more than the smallest node offers: the kubelet evicts the pod', () => {
    // An m7g.large offers 6,844 MiB, whatever is requested of it; an m7g.medium less.
    const pod = { ...resources('requests', '128Mi'), ...group('m7g.large') };
    expect(refusal(pod, '6844MiB')).toBeNull();
    expect(refusal(pod, '6845MiB')).toMatchObject({
      code: 'does-not-fit',
      at: 'resources',
      help: expect.stringContaining('Evicted'),
    });
    const mixed = { nodes: { type: 'karpenter', instanceTypes: ['m7g.medium', 'm7g.large'] } };
    expect(refusal(mixed, '6000MiB')).toMatchObject({ code: 'does-not-fit' });
  });

  test('on Fargate without a limit more than the size that the requests are rounded up to', () => {
    // 512 MB, of which 256 MB are kept for Kubernetes; with 900Mi requested 2 GB.
    expect(refusal(onFargate, '256MiB')).toBeNull();
    expect(refusal(onFargate, '257MiB')).toMatchObject({ code: 'does-not-fit', at: 'resources' });
    expect(refusal({ ...resources('requests', '900Mi'), ...onFargate }, '900MiB')).toBeNull();
  });

  test('requests that promise more than there is are told, not refused', () => {
    const told = (memory: string) => {
      const platform = { ...resources('requests', '64Mi'), ...group('m7g.large') };
      return runEks({ platform, duration: '1m', workload: { cpu: '1ms', memory } }).assumptions.join();
    };
    // 29 pods fit by their addresses: with 300 MiB each they need 8,700 of 6,844 MiB.
    expect(told('300MiB')).toContain('29 pods fit on a m7g.large by their requests and need more memory');
    expect(told('200MiB')).not.toContain('need more memory');
  });
});
