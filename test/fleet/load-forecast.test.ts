import { describe, expect, it } from 'vitest';
import { forecastLoad } from '../../sim/fleet/scaling/load-forecast.ts';

const hours = (days: number, load: (day: number, hour: number) => number) =>
  Array.from({ length: days * 24 }, (_, at) => load(Math.floor(at / 24), at % 24));

describe('the forecast of an hour', () => {
  it('needs a day of data', () => {
    expect(forecastLoad(Array(23).fill(5), 24)).toBeNull();
    expect(forecastLoad(Array(24).fill(5), 24)).toBe(5);
  });

  it('is the mean of the same hour of the days so far', () => {
    // Day by day 0, 100, 200 and the hour: for hour 7 the mean is 107.
    expect(
      forecastLoad(
        hours(3, (day, hour) => day * 100 + hour),
        3 * 24 + 7,
      ),
    ).toBe(107);
    // The day after that, whose yesterday has not been: the same.
    expect(
      forecastLoad(
        hours(3, (day, hour) => day * 100 + hour),
        4 * 24 + 7,
      ),
    ).toBe(107);
  });

  it('looks at the same day of the week when it knows a week, and back two weeks at most', () => {
    const past = hours(21, (day) => day);
    // Day 21 is of the weekday of days 14, 7 and 0, of which two are within two weeks.
    expect(forecastLoad(past, 21 * 24 + 3)).toBe(10.5);
  });
});
