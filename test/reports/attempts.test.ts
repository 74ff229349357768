import { describe, expect, it } from 'vitest';
import { attemptSentence } from '../../reports/attempts.ts';
import { comparisonSection } from '../../reports/html/sections.ts';
import { simulate } from '../../sim/index.ts';

function run(lambda: string, workload: string) {
  return simulate(
    [
      'version: 1',
      'duration: 10m',
      `workload: { ${workload} }`,
      'traffic: { main: { executor: constant-arrival-rate, rate: 5/s, arrivals: uniform, duration: 5m } }',
      `platforms: { it: { type: lambda, ${lambda} }, still: { type: lambda } }`,
    ].join('\n'),
  );
}

describe('what was tried again', () => {
  it('is told of the platforms that it happened on', () => {
    const result = run('reservedConcurrentExecutions: 0', 'cpu: 1ms, retries: { attempts: 4 }');
    expect(attemptSentence(result)).toBe('Tried again: it 4.00 attempts a request.');
    expect(comparisonSection(result).markup).toContain('attempts');
  });

  it('is told with what was given up', () => {
    const result = run('invocation: async, maximumRetryAttempts: 0', 'cpu: 1ms, errorRate: 1');
    expect(attemptSentence(result)).toBe('Tried again: it 1,500 given up (dead letters).');
  });

  it('is not told when there is nothing', () => {
    expect(attemptSentence(run('invocation: async', 'cpu: 1ms'))).toBeNull();
  });
});
