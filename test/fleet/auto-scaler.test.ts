import { describe, expect, it } from 'vitest';
import { AutoScaler } from '../../sim/fleet/scaling/auto-scaler.ts';
import type { ScalingMetric } from '../../sim/fleet/scaling/scaling-policy.ts';
import type { TargetTrackingPlan } from '../../sim/fleet/scaling/target-tracking.ts';

const MINUTE = 60_000_000;

function tracking(metric: ScalingMetric, targetValue: number, periodMinutes = 1): TargetTrackingPlan {
  return {
    kind: 'target-tracking',
    metric,
    periodMicros: periodMinutes * MINUTE,
    targetValue,
    lowAlarmShare: 0.7,
    highPoints: 3,
    lowPoints: 15,
    disableScaleIn: false,
  };
}

const CPU = tracking('cpu-percent', 50);
const REQUESTS = tracking('requests-per-target-minute', 100);

interface Seen {
  readonly cpu?: number | null;
  readonly requests?: number | null;
  readonly warming?: number;
}

/** The desired capacity after each minute of a group that begins with four. */
function run(
  policies: readonly TargetTrackingPlan[],
  minutes: readonly Seen[],
  limits = { min: 1, max: 20 },
) {
  let seen: Seen = {};
  const target = {
    desired: 4,
    setDesired(desired: number) {
      target.desired = desired;
    },
  };
  const scaler = new AutoScaler({ ...limits, policies, schedule: [], predictive: null }, target, {
    loadSoFar: () => 0,
    countWarming: () => seen.warming ?? 0,
    lastActivityAt: Number.NEGATIVE_INFINITY,
    read: (metric) => ({
      value: (metric === 'cpu-percent' ? seen.cpu : seen.requests) ?? null,
      contributing: target.desired,
    }),
  });
  return minutes.map((each, index) => {
    seen = each;
    while (scaler.nextAt <= (index + 1) * MINUTE) scaler.tick();
    return target.desired;
  });
}

const times = (count: number, seen: Seen) => Array<Seen>(count).fill(seen);

describe('several policies', () => {
  it('scale out if any wants to', () => {
    expect(run([CPU, REQUESTS], times(3, { cpu: 20, requests: 150 }))).toEqual([4, 4, 6]);
    expect(run([CPU, REQUESTS], times(3, { cpu: 75, requests: 10 }))).toEqual([4, 4, 6]);
  });

  it('scale out to the most that any wants', () => {
    expect(run([CPU, REQUESTS], times(3, { cpu: 60, requests: 190 })).at(-1)).toBe(8);
  });

  it('scale in only if all want to, to the most that any wants', () => {
    expect(run([CPU, REQUESTS], times(30, { cpu: 10, requests: 80 })).at(-1)).toBe(4);
    expect(run([CPU, REQUESTS], times(15, { cpu: 10, requests: 60 })).at(-1)).toBe(3);
  });

  it('scale in when the only other one may not scale in', () => {
    const policies = [CPU, { ...REQUESTS, disableScaleIn: true }];
    expect(run(policies, times(15, { cpu: 10, requests: 80 })).at(-1)).toBe(1);
  });

  it('do not scale in while one of them has no data', () => {
    expect(run([CPU, REQUESTS], times(30, { cpu: 10, requests: null })).at(-1)).toBe(4);
  });
});

describe('a group', () => {
  it('is left alone without data (INSUFFICIENT_DATA)', () => {
    expect(run([CPU], times(60, { cpu: null })).at(-1)).toBe(4);
  });

  it('never scales in while any instance warms up, and scales out all the same', () => {
    expect(run([CPU], times(30, { cpu: 10, warming: 1 })).at(-1)).toBe(4);
    expect(run([CPU], [...times(20, { cpu: 10, warming: 1 }), { cpu: 10 }]).at(-1)).toBe(1);
    expect(run([CPU], times(3, { cpu: 100, warming: 1 })).at(-1)).toBe(8);
  });

  it('stays within its limits', () => {
    expect(run([CPU], times(9, { cpu: 100 }), { min: 1, max: 5 }).at(-1)).toBe(5);
    expect(run([CPU], times(60, { cpu: 1 }), { min: 2, max: 5 }).at(-1)).toBe(2);
  });

  it('under basic monitoring grows after three points of five minutes', () => {
    const policy = tracking('cpu-percent', 50, 5);
    expect(run([policy], times(15, { cpu: 75 }))).toEqual([...Array(14).fill(4), 6]);
  });
});
