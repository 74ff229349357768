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

  it('tasks and pods that find no place are told, not those that a new host soon takes', () => {
    // Two of one vCPU, or of 900 m, fit a host of two.
    const waiting = (maxSize: number) =>
      simulate({
        version: 1,
        duration: '40m',
        workload: { cpu: '1ms', memory: '100MB' },
        traffic: { one: { executor: 'constant-arrival-rate', rate: '1/s' } },
        platforms: {
          pods: {
            type: 'eks',
            replicas: 5,
            start: 'empty',
            resources: { requests: { cpu: '900m', memory: '512Mi' } },
            nodes: { type: 'managedNodeGroup', instanceType: 'm7g.large', minSize: 1, maxSize },
          },
          tasks: {
            type: 'ecs',
            launchType: 'EC2',
            cpu: 1024,
            memory: 1024,
            desiredCount: 5,
            start: 'empty',
            capacityProvider: { instanceType: 'm7g.large', minSize: 1, maxSize },
          },
        },
      })
        .warnings.filter(({ code }) => code === 'no-room')
        .map(({ platform, message }) => [platform, message.split(':')[0]]);
    const told = (what: string) =>
      `3 of its ${what} had no place to run when the window closed, and had waited for 40 min`;
    expect(waiting(1)).toEqual([
      ['pods', told('pods')],
      ['tasks', told('tasks')],
    ]);
    expect(waiting(3)).toEqual([]);
  });

  it('a window without requests is told', () => {
    expect(warnings('1ms', '1/d', {}, '1s')).toContain('no-requests');
  });
});
