import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedPlan, contextOf, MINUTE, problemsOf, SECOND } from './plans.ts';

const span = (start: number, stop: number) => ({ startMicros: start * SECOND, stopMicros: stop * SECOND });

describe('constant-vus', () => {
  it('has all users from its start to its end', () => {
    const stream = closedPlan({
      executor: 'constant-vus',
      vus: 3,
      startTime: '10s',
      duration: '1m',
      thinkTime: '2s',
    });
    expect(stream).toMatchObject({
      users: [[span(10, 70)], [span(10, 70)], [span(10, 70)]],
      endMicros: 70 * SECOND,
    });
    expect(stream.thinkTime.meanMicros).toBe(2 * SECOND);
  });

  it('ends with the window when it has no duration', () => {
    const stream = closedPlan({ executor: 'constant-vus', vus: 1 }, contextOf({ windowMicros: MINUTE }));
    expect(stream.users).toEqual([[span(0, 60)]]);
    expect(problemsOf(() => closedPlan({ executor: 'constant-vus', vus: 1 }))[0]!.code).toBe(
      'missing-duration',
    );
  });

  it.each([0, 1.5, 1e9, '5'])('refuses %j users', (vus) => {
    expect(() => closedPlan({ executor: 'constant-vus', vus, duration: '1m' })).toThrow(
      /whole number of users from 1/,
    );
  });

  it('places a contradictory think time', () => {
    const thinkTime = { distribution: 'uniform', min: '2s', max: '1s' };
    expect(
      problemsOf(() => closedPlan({ executor: 'constant-vus', vus: 1, duration: '1m', thinkTime }))[0]!.path,
    ).toEqual(['traffic', 'uploads', 'thinkTime', 'max']);
  });
});

describe('ramping-vus', () => {
  const ramp = (startVUs: number, ...stages: [string, number][]) =>
    closedPlan({
      executor: 'ramping-vus',
      startVUs,
      stages: stages.map(([duration, target]) => ({ duration, target })),
    }).users;

  it('lets user u in when the target reaches u + 1 and out when it leaves it', () => {
    expect(ramp(0, ['10s', 2], ['10s', 2], ['10s', 0])).toEqual([[span(5, 25)], [span(10, 20)]]);
  });

  it('steps in a stage of 0s, and a user may come back', () => {
    expect(ramp(2, ['10s', 2], ['0s', 1], ['10s', 1], ['0s', 2], ['10s', 2])).toEqual([
      [span(0, 30)],
      [span(0, 10), span(20, 30)],
    ]);
  });

  it('takes a step down and up in one instant for nothing', () => {
    expect(ramp(2, ['10s', 2], ['0s', 0], ['0s', 2], ['5s', 2])).toEqual([[span(0, 15)], [span(0, 15)]]);
  });

  it('has as much presence as the target has area, half a user a ramp aside', () => {
    const stage = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.array(stage, { minLength: 1, maxLength: 6 }),
        (start, stages) => {
          const users = ramp(start, ...stages.map(([s, target]): [string, number] => [`${s}s`, target]));
          const presence =
            users.flat().reduce((sum, each) => sum + each.stopMicros - each.startMicros, 0) / SECOND;
          let area = 0;
          let from = start;
          for (const [seconds, target] of stages) {
            // floor(v) of a ramp between whole numbers has the area of the line less half a user.
            area += ((from + target - (from === target ? 0 : 1)) / 2) * seconds;
            from = target;
          }
          expect(Math.abs(presence - area)).toBeLessThan(0.001);
          for (const spans of users) {
            spans.forEach((each, i) => {
              expect(each.startMicros).toBeGreaterThan(spans[i - 1]?.stopMicros ?? -1);
              expect(each.stopMicros).toBeGreaterThan(each.startMicros);
            });
          }
        },
      ),
      { seed: 7 },
    );
  });
});
