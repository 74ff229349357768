import fc from 'fast-check';
import { describe, it } from 'vitest';
import { mustAgree } from './agreement.ts';
import { anyGroup, faults, group } from './random-groups.ts';
import { randomScenario } from './random-scenarios.ts';

describe('Auto Scaling groups, against the reference', () => {
  it('agree on random groups that grow, shrink and drain', () => {
    const scale = { seconds: [3000, 5400, 9000], perSecond: 0.03, workSeconds: 40, thinkSeconds: 60 };
    fc.assert(fc.property(randomScenario(scale, group), mustAgree), { numRuns: 150, seed: 20_260_105 });
  });

  it('agree on random groups whose load comes and goes', () => {
    const scale = { seconds: [9000], perSecond: 1, workSeconds: 30, thinkSeconds: 60, wavePerSecond: 0.15 };
    const slowToStart = fc
      .record({
        group,
        pending: fc.constantFrom('17s', '5m', '20m'),
        applicationStart: fc.constantFrom('10s', '200s'),
      })
      .map(({ group, ...start }) => ({ ...group, ...start }));
    fc.assert(fc.property(randomScenario(scale, slowToStart), mustAgree), { numRuns: 100, seed: 20_260_105 });
  });

  it('agree on random groups with steps, cooldowns, schedules, zones and faults', () => {
    const scale = { seconds: [9000], perSecond: 1, workSeconds: 30, thinkSeconds: 60, wavePerSecond: 0.15 };
    const withFaults = fc
      .tuple(randomScenario(scale, anyGroup), faults)
      .map(([given, faults]) => ({ ...given, scenario: { ...given.scenario, faults } }));
    fc.assert(fc.property(withFaults, mustAgree), { numRuns: 460, seed: 20_260_105 });
  });
});
