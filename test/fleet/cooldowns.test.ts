import { describe, expect, it } from 'vitest';
import { Cooldowns } from '../../sim/fleet/scaling/cooldowns.ts';
import type { ScalingView } from '../../sim/fleet/scaling/scaling-policy.ts';

const MINUTE = 60e6;

/**
 * What a service's capacity becomes, a data point a minute, when a policy wants what is given at each.
 * Tasks run at once; 300 s of cooldown.
 */
function capacities(first: number, wishes: readonly (number | null)[], outMinutes = 5, inMinutes = 5) {
  let minute = 0;
  let desired = first;
  const policy = new Cooldowns(
    { scaleOutMicros: outMinutes * MINUTE, scaleInMicros: inMinutes * MINUTE },
    { decide: (_view: ScalingView) => wishes[minute] ?? null },
  );
  return wishes.map(() => {
    const now = (minute + 1) * MINUTE;
    const vote = policy.decide({
      now,
      metric: 1,
      contributing: desired,
      desired,
      warming: 0,
      lastActivityAt: 0,
    });
    minute++;
    desired = vote ?? desired;
    return desired;
  });
}

describe('cooldowns of Application Auto Scaling', () => {
  it('a second scale-out of the same size waits for the end of the cooldown', () => {
    // +2 at minute 1; +2 again each minute: let through after five minutes.
    expect(capacities(10, [12, 14, 14, 14, 14, 14])).toEqual([12, 12, 12, 12, 12, 14]);
  });

  it('a larger one runs, less what was added before (the guide: +2, then +3, adds 1)', () => {
    expect(capacities(10, [12, 15, 13])).toEqual([12, 13, 13]);
  });

  it('a scale-in waits for the end of the cooldown of another', () => {
    expect(capacities(10, [8, 6, 6, 6, 6, 6])).toEqual([8, 8, 8, 8, 8, 6]);
  });

  it('a scale-out runs at once during the cooldown of a scale-in, and ends it', () => {
    expect(capacities(10, [8, 9, 7])).toEqual([8, 9, 7]);
  });

  it('without cooldowns every wish is granted, and no wish changes nothing', () => {
    expect(capacities(10, [12, 14, null, 11, 9], 0, 0)).toEqual([12, 14, 14, 11, 9]);
  });
});
