import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

function warnings(cpu: string, rate: string, more: object, duration = '10m'): string[] {
  return simulate({
    version: 1,
    duration,
    workload: { cpu, ...more },
    traffic: { one: { executor: 'constant-arrival-rate', rate, duration } },
    platforms: { servers: { type: 'ec2', instanceType: 'c7g.large', minSize: 1 } },
  }).warnings.map(({ code }) => code);
}

describe('warnings', () => {
  it('overload is seen behind clients that give up', () => {
    // 10/s × 0.5 s of CPU is 5 busy vCPUs; the server has 2, and its clients leave after 3 s.
    expect(warnings('500ms', '10/s', { timeout: '3s' })).toContain('overload');
  });

  it('clients that give up on a long request are no overload', () => {
    expect(warnings('500ms', '1/s', { timeout: '600ms' })).not.toContain('overload');
  });

  it('a platform that serves nobody is told: no instance, and nothing that would start one', () => {
    const scenario = {
      version: 1,
      workload: { cpu: '100ms' },
      traffic: { one: { executor: 'constant-arrival-rate', rate: '1/s', duration: '10m' } },
      platforms: { none: { type: 'ec2', instanceType: 'c7g.large', minSize: 0, maxSize: 2 } },
    };
    const { warnings, platforms } = simulate(scenario);
    expect(platforms.none!.requests.failed).toBe(platforms.none!.requests.arrived);
    expect(warnings.map(({ code, platform }) => [code, platform])).toEqual([['many-failures', 'none']]);
    expect(warnings[0]!.message).toMatch(/^100 % of its requests failed, most of them as rejected, /);
  });

  it('failures beyond 1 % are told, unless a threshold says how many may or they are the code’s own', () => {
    // One place, none to wait in, evenly 1.25 places asked for: every second request is refused.
    const run = (more: object, workload: object = { wait: '500ms' }) =>
      simulate({
        version: 1,
        duration: '10m',
        workload: { cpu: '500ms', ...workload },
        traffic: { one: { executor: 'constant-arrival-rate', rate: '1.25/s', arrivals: 'uniform' } },
        platforms: {
          servers: { type: 'ec2', instanceType: 'c7g.medium', minSize: 1, concurrency: 1, backlog: 0 },
        },
        ...more,
      }).warnings.map(({ code }) => code);
    expect(run({})).toEqual(['many-failures']);
    expect(run({ thresholds: { failed: ['rate<60%'] } })).toEqual([]);
    expect(run({ thresholds: { 'failed{platform:servers}': ['count<1000'] } })).toEqual([]);
    expect(run({ thresholds: { latency: ['p(95)<2s'] } })).toEqual(['many-failures']);
    expect(run({}, { errorRate: 0.5 })).toEqual([]);
  });

  it('a window without requests is told', () => {
    expect(warnings('1ms', '1/d', {}, '1s')).toContain('no-requests');
  });
});
