import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import type { ScenarioError } from '../../sim/problems/problem.ts';

/** What is refused of a platform, and where. */
function refused(keys: object): (readonly [code: string, place: string])[] {
  try {
    simulate({
      version: 1,
      workload: { cpu: '1ms' },
      traffic: { load: { executor: 'constant-arrival-rate', rate: '1/s', duration: '1s' } },
      platforms: { it: { type: 'lambda', ...keys } },
    });
  } catch (error) {
    return (error as ScenarioError).problems.map(({ code, path }) => [code, path.join('.')] as const);
  }
  return [];
}

const BACKWARDS = { distribution: 'uniform', min: '7m', max: '5m' };

describe('what is wrong with a function is told where it stands', () => {
  it.each([
    [{ keepAlive: { idle: BACKWARDS } }, 'contradictory-distribution', 'keepAlive.idle.max'],
    [{ coldStart: { setup: BACKWARDS } }, 'contradictory-distribution', 'coldStart.setup.max'],
    [{ coldStart: { init: BACKWARDS } }, 'contradictory-distribution', 'coldStart.init.max'],
    [{ timeout: '901s' }, 'out-of-range', 'timeout'],
    [
      { reservedConcurrentExecutions: 2, provisionedConcurrency: 3 },
      'provisioned-beyond-reserved',
      'provisionedConcurrency',
    ],
  ])('%j', (keys, code, place) => {
    expect(refused(keys)).toEqual([[code, `platforms.it.${place}`]]);
    expect(refused({ functions: { workload: keys } })).toEqual([
      [code, `platforms.it.functions.workload.${place}`],
    ]);
  });
});
