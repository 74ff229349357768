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
    expect(warnings('500ms', '1/s', { timeout: '600ms' })).toEqual([]);
  });

  it('a window without requests is told', () => {
    expect(warnings('1ms', '1/d', {}, '1s')).toContain('no-requests');
  });
});
