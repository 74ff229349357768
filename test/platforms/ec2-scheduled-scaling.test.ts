import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';
import { AT_ONCE, capacityByMinute, groupScenario, refusals, runGroup } from './ec2-group.ts';

const CPU = { metric: 'ASGAverageCPUUtilization' };
const GROUP = { minSize: 2, maxSize: 10, ...AT_ONCE };
/** A Monday, a quarter to eight. */
const MORNING = { startAt: '2026-01-05T07:45:00Z' };
const QUIET = (minutes: number) => [{ minutes, vcpus: 0.5 }];

describe('scheduled scaling', () => {
  it('sets limits and capacity when its time comes, on the days of the week that it names', () => {
    const scheduled = [
      { recurrence: '0 8 * * 1-5', minSize: 5 },
      { recurrence: '5 8 * * 1', minSize: 2, desiredCapacity: 3 },
      { recurrence: '0 8 * * 6-7', minSize: 9 },
    ];
    const line = capacityByMinute(runGroup(QUIET(25), { ...GROUP, scheduled }, MORNING));
    expect(line).toEqual([...Array(15).fill(2), ...Array(5).fill(5), ...Array(5).fill(3)]);
  });

  it('comes once at an instant', () => {
    const scheduled = [{ at: '2026-01-05T07:50:00Z', desiredCapacity: 4 }];
    const line = capacityByMinute(runGroup(QUIET(8), { ...GROUP, scheduled }, MORNING));
    expect(line).toEqual([2, 2, 2, 2, 2, 4, 4, 4]);
  });

  it('is in UTC unless it has a zone', () => {
    const scheduled = [{ recurrence: '50 9 * * *', timeZone: '+02:00', desiredCapacity: 4 }];
    const line = capacityByMinute(runGroup(QUIET(8), { ...GROUP, scheduled }, MORNING));
    expect(line).toEqual([2, 2, 2, 2, 2, 4, 4, 4]);
  });

  it('a smaller maximum removes at once what is beyond it', () => {
    const scheduled = [{ recurrence: '48 7 * * *', minSize: 1, maxSize: 1 }];
    const line = capacityByMinute(runGroup(QUIET(5), { ...GROUP, scheduled }, MORNING));
    expect(line).toEqual([2, 2, 2, 1, 1]);
  });

  it('comes at the very beginning too', () => {
    const scheduled = [{ recurrence: '45 7 * * *', desiredCapacity: 4 }];
    const line = capacityByMinute(runGroup(QUIET(3), { ...GROUP, scheduled }, MORNING));
    expect(line).toEqual([4, 4, 4]);
  });

  it('dynamic policies go on afterwards, from the capacity that it has set', () => {
    const scheduled = [{ recurrence: '46 7 * * *', desiredCapacity: 6 }];
    const group = { ...GROUP, scheduled, targetTracking: { ...CPU, targetValue: 50 } };
    // 0.5 vCPUs on 6 are 8 %: after the fifteenth low point, of which one was before, down to the minimum.
    const line = capacityByMinute(runGroup(QUIET(20), group, MORNING));
    expect(line).toEqual([2, ...Array(14).fill(6), ...Array(5).fill(2)]);
  });

  it('nothing happens for a schedule outside the window', () => {
    const scheduled = [{ recurrence: '0 0 29 2 *', desiredCapacity: 6 }];
    const run = (group: object) => runGroup(QUIET(8), group, MORNING);
    expect(run({ ...GROUP, scheduled }).cost).toEqual(run(GROUP).cost);
  });
});

describe('a scheduled action that never comes', () => {
  const told = (scheduled: object[]) =>
    simulate(groupScenario(QUIET(5), { ...GROUP, scheduled }, MORNING)).warnings.map(
      ({ code, platform, message }) => `${code} of ${platform}: ${message}`,
    );

  it('is told where its time is after the window, not where it is in it', () => {
    expect(told([{ at: '2026-01-05T07:50:00Z', minSize: 3 }])).toEqual([
      'never-happens of group: the scheduled action of `2026-01-05T07:50:00Z` never comes: ' +
        'the window ends after 5m',
    ]);
    expect(told([{ at: '2026-01-05T07:49:59Z', minSize: 3 }])).toEqual([]);
  });

  it('is refused where its time is before the simulation begins: AWS takes no start time in the past', () => {
    const past = [{ at: '2026-01-05T07:44:59Z', minSize: 3 }];
    expect(refusals(groupScenario(QUIET(5), { ...GROUP, scheduled: past }, MORNING))).toEqual([
      ['refused-scheduled-action', 'platforms.group.scheduled.0.at'],
    ]);
    expect(told([{ at: '2026-01-05T07:45:00Z', minSize: 3 }])).toEqual([]);
  });
});

describe('what AWS refuses of a scheduled action', () => {
  const refused = (scheduled: object[], more: object = {}) =>
    refusals(groupScenario(QUIET(60), { ...GROUP, ...more, scheduled }, MORNING)).map(
      ([code, path]) => `${code} ${path.replace('platforms.group.', '')}`,
    );

  it.each([
    ['no time', [{ minSize: 3 }]],
    ['two kinds of time', [{ recurrence: '* * * * *', at: '2026-01-05T07:50:00Z', minSize: 3 }]],
    ['nothing to set', [{ recurrence: '0 8 * * *' }]],
    ['a smallest above the largest', [{ recurrence: '0 8 * * *', minSize: 11 }]],
    ['a capacity outside the limits', [{ recurrence: '0 8 * * *', desiredCapacity: 11 }]],
  ])('%s', (_, scheduled) => {
    expect(refused(scheduled)).toEqual(['refused-scheduled-action scheduled.0']);
  });

  it('two at one time, and limits that cross because of an earlier one', () => {
    const eight = { recurrence: '0 8 * * *', minSize: 3, maxSize: 4 };
    expect(refused([eight, { at: '2026-01-05T08:00:00Z', maxSize: 5 }])).toEqual([
      'refused-scheduled-action scheduled.1',
    ]);
    expect(refused([eight, { recurrence: '10 8 * * *', minSize: 6 }])).toEqual([
      'refused-scheduled-action scheduled.1',
    ]);
  });

  it('what is no cron, no instant or no zone', () => {
    expect(refused([{ recurrence: 'at eight', minSize: 3 }])).toEqual([
      'invalid-value scheduled.0.recurrence',
    ]);
    expect(refused([{ at: 'monday', minSize: 3 }])).toEqual(['invalid-value scheduled.0.at']);
    expect(refused([{ recurrence: '0 8 * * *', timeZone: 'Europe/Berlin', minSize: 3 }])).toEqual([
      'invalid-value scheduled.0.timeZone',
    ]);
  });
});

/** Two days in hours of load: six vCPUs from 8:00 to 18:00, else one. Requests of 20 s, evenly spaced. */
function twoDays(group: object, startAt = '2026-01-05T00:00:00Z') {
  const hours = (count: number, vcpus: number) => [
    { duration: '0s', target: `${vcpus / 20}/s` },
    { duration: `${count}h`, target: `${vcpus / 20}/s` },
  ];
  const day = [...hours(8, 1), ...hours(10, 6), ...hours(6, 1)];
  const { timeseries } = simulate({
    version: 1,
    startAt,
    workload: { cpu: '20s' },
    traffic: {
      load: {
        executor: 'ramping-arrival-rate',
        arrivals: 'uniform',
        startRate: '0.05/s',
        stages: [...day, ...day],
      },
    },
    platforms: { group: { type: 'ec2', instanceType: 'c7g.medium', ...group } },
  }).platforms.group!;
  const { capacity } = timeseries.columns;
  return (hour: number) => capacity[Math.floor((hour * 3600 + 1) / timeseries.stepSeconds)];
}

describe('predictive scaling', () => {
  const predictiveScaling = { metric: 'ASGCPUUtilization', targetValue: 50 };
  const group = { minSize: 8, maxSize: 20, ...AT_ONCE, predictiveScaling };
  // 6 vCPUs at a target of 50 % are twelve instances, 1 vCPU two, less than the minimum of eight.

  it('forecasts from 24 hours on, adds before the hour, and never removes', () => {
    const at = twoDays(group);
    expect([at(8.5), at(23.9), at(31.8)]).toEqual([8, 8, 8]);
    expect([at(32 - 4 / 60), at(33), at(42), at(47)]).toEqual([12, 12, 12, 12]);
  });

  it('has its buffer time told: none, or an hour', () => {
    const with0 = twoDays({
      ...group,
      predictiveScaling: { ...predictiveScaling, schedulingBufferTime: '0s' },
    });
    expect([with0(31.95), with0(32)]).toEqual([8, 12]);
    const with1h = twoDays({
      ...group,
      predictiveScaling: { ...predictiveScaling, schedulingBufferTime: '1h' },
    });
    expect([with1h(30.95), with1h(31)]).toEqual([8, 12]);
  });

  it('is a floor for dynamic policies, which remove what it does not hold', () => {
    const at = twoDays({
      ...group,
      minSize: 1,
      desiredCapacity: 8,
      targetTracking: { ...CPU, targetValue: 90 },
    });
    // On the second day 6 vCPUs on 12 are 50 %, below 63 %: the policy alone would remove.
    expect(at(33)).toBe(12);
    expect(at(41.9)).toBe(12);
    // After 18:00 the forecast is two.
    expect(at(43)).toBe(2);
  });

  it('honours the maximum, or raises it to the forecast and its buffer', () => {
    const least = { ...group, maxSize: 10 };
    expect(twoDays(least)(33)).toBe(10);
    const raised = { ...predictiveScaling, maxCapacityBreachBehavior: 'IncreaseMaxCapacity' };
    expect(twoDays({ ...least, predictiveScaling: raised })(33)).toBe(12);
    // Alarmed at 20 %, a policy may use the buffer: 25 % above twelve are fifteen.
    const buffered = { ...raised, maxCapacityBuffer: 25 };
    const greedy = { ...least, predictiveScaling: buffered, targetTracking: { ...CPU, targetValue: 20 } };
    expect(twoDays(greedy)(33)).toBe(15);
  });

  it('only forecasts where that is its mode', () => {
    const at = twoDays({ ...group, predictiveScaling: { ...predictiveScaling, mode: 'ForecastOnly' } });
    expect(at(33)).toBe(8);
  });

  it('goes by the hours of the clock', () => {
    const at = twoDays(group, '2026-01-05T00:30:00Z');
    // The load rises at 8:30; the hour that begins at 9:00 is the first full one, that of 8:00 half of it.
    expect(at(32)).toBe(8);
    expect(at(32.5)).toBe(12);
  });

  it.each([
    [{ metric: 'ALBRequestCount' }, 'needs-load-balancer metric'],
    [{ targetValue: 300 }, 'out-of-range targetValue'],
    [{ maxCapacityBuffer: 10 }, 'refused-scaling-policy maxCapacityBuffer'],
    [{ schedulingBufferTime: '2h' }, 'invalid-value schedulingBufferTime'],
  ])('%j is refused: %s', (more, refusal) => {
    const scenario = groupScenario(QUIET(1), {
      ...group,
      predictiveScaling: { ...predictiveScaling, ...more },
    });
    const told = refusals(scenario).map(([code, path]) => `${code} ${path.split('.').at(-1)}`);
    expect(told).toEqual([refusal]);
  });
});
