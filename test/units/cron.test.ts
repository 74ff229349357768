import { describe, expect, it } from 'vitest';
import { dayOf, daysOf, daysOfMonth, weekdayOf } from '../../sim/units/calendar.ts';
import { nextTime, readAwsCron, readUnixCron } from '../../sim/units/cron.ts';

const MICROS_PER_MS = 1_000;
const micros = (iso: string) => Date.parse(iso) * MICROS_PER_MS;
const iso = (at: number) => `${new Date(at / MICROS_PER_MS).toISOString().slice(0, 16)}Z`;

/** The first times from an instant on. */
function times(cron: NonNullable<ReturnType<typeof readUnixCron>>, from: string, count: number): string[] {
  const found: string[] = [];
  let at = micros(from);
  for (let index = 0; index < count; index++) {
    at = nextTime(cron, at);
    found.push(iso(at));
    at += 1;
  }
  return found;
}

describe('the calendar', () => {
  it('is the Gregorian one, day by day for four hundred years', () => {
    for (let days = -20_000; days < 126_097; days += 7) {
      const date = new Date(days * 86_400_000);
      const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(dayOf(days)).toEqual(expected);
      expect(daysOf(expected)).toBe(days);
      expect(weekdayOf(days)).toBe(date.getUTCDay());
    }
    expect([2023, 2024, 2000, 1900].map((year) => daysOfMonth(year, 2))).toEqual([28, 29, 29, 28]);
    expect(daysOfMonth(2026, 12)).toBe(31);
  });
});

describe('cron of five fields', () => {
  it.each([
    // 2026-01-05 is a Monday.
    ['0 8 * * 1-5', '2026-01-09T08:00:01Z', ['2026-01-12T08:00Z', '2026-01-13T08:00Z']],
    ['30 0 1 1,6,12 *', '2026-01-05T00:00:00Z', ['2026-06-01T00:30Z', '2026-12-01T00:30Z']],
    ['*/20 9 * * *', '2026-01-05T09:10:00Z', ['2026-01-05T09:20Z', '2026-01-05T09:40Z', '2026-01-06T09:00Z']],
    ['0 0 * * SUN', '2026-01-05T00:00:00Z', ['2026-01-11T00:00Z', '2026-01-18T00:00Z']],
    ['0 0 * * 7', '2026-01-05T00:00:00Z', ['2026-01-11T00:00Z']],
    ['0 0 29 FEB *', '2026-01-05T00:00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['5-7 23 31 12 *', '2026-01-05T00:00:00Z', ['2026-12-31T23:05Z', '2026-12-31T23:06Z']],
  ])('%s after %s', (text, from, expected) => {
    expect(times(readUnixCron(text)!, from, expected.length)).toEqual(expected);
  });

  it('takes either day where both are restricted, as Unix does', () => {
    // The thirteenth, and every Friday.
    expect(times(readUnixCron('0 0 13 * 5')!, '2026-01-05T00:00:00Z', 3)).toEqual([
      '2026-01-09T00:00Z',
      '2026-01-13T00:00Z',
      '2026-01-16T00:00Z',
    ]);
  });

  it('includes the instant it is asked from', () => {
    expect(times(readUnixCron('0 0 * * *')!, '2026-01-05T00:00:00Z', 1)).toEqual(['2026-01-05T00:00Z']);
  });

  it('never comes on a day that no year has', () => {
    expect(nextTime(readUnixCron('0 0 31 2 *')!, micros('2026-01-05T00:00:00Z'))).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    'x * * * *',
    '* * * * * *',
    '1,,2 * * * *',
  ])('%j is none', (text) => {
    expect(readUnixCron(text)).toBeNull();
  });
});

describe('cron of six fields', () => {
  it.each([
    // Examples of the EventBridge guide: 10:00 every day, 18:00 on working days, every 10 min on
    // working days, every 5 min from 8:00 to 17:55.
    ['0 10 * * ? *', '2026-01-05T10:00:00Z', ['2026-01-05T10:00Z', '2026-01-06T10:00Z']],
    ['0 18 ? * MON-FRI *', '2026-01-09T19:00:00Z', ['2026-01-12T18:00Z']],
    ['0/10 * ? * MON-FRI *', '2026-01-09T23:45:00Z', ['2026-01-09T23:50Z', '2026-01-12T00:00Z']],
    ['0/5 8-17 ? * 2-6 *', '2026-01-09T17:52:00Z', ['2026-01-09T17:55Z', '2026-01-12T08:00Z']],
    ['0 9 L * ? *', '2026-02-01T00:00:00Z', ['2026-02-28T09:00Z', '2026-03-31T09:00Z']],
    // 2026-03-01 is a Sunday, 2026-08-01 a Saturday, 2026-01-31 a Saturday.
    ['0 9 1W * ? *', '2026-03-01T00:00:00Z', ['2026-03-02T09:00Z', '2026-04-01T09:00Z']],
    ['0 9 1W 8 ? *', '2026-03-01T00:00:00Z', ['2026-08-03T09:00Z']],
    ['0 9 31W 1,5 ? *', '2026-01-01T00:00:00Z', ['2026-01-30T09:00Z', '2026-05-29T09:00Z']],
    ['0 9 ? * 3#2 *', '2026-01-01T00:00:00Z', ['2026-01-13T09:00Z', '2026-02-10T09:00Z']],
    ['0 9 ? * 5L *', '2026-01-01T00:00:00Z', ['2026-01-29T09:00Z', '2026-02-26T09:00Z']],
    ['0 9 ? * L *', '2026-01-05T00:00:00Z', ['2026-01-10T09:00Z']],
    ['15 10 1 1 ? 2027-2028', '2026-01-05T00:00:00Z', ['2027-01-01T10:15Z', '2028-01-01T10:15Z']],
  ])('%s after %s', (text, from, expected) => {
    expect(times(readAwsCron(text)!, from, expected.length)).toEqual(expected);
  });

  it('is over after its last year', () => {
    expect(nextTime(readAwsCron('0 0 1 1 ? 2020')!, micros('2026-01-05T00:00:00Z'))).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it.each([
    '0 10 * * * *',
    '0 10 ? * ? *',
    '0 10 * * ?',
    '0 10 32 * ? *',
    '0 10 ? * 0 *',
    '0 10 ? * 8 *',
    '0 10 ? * 2#6 *',
    '0 10 1 1 ? 1969',
    '0 10 1 1 ? 2200',
    '0 10 0W * ? *',
  ])('%j is none', (text) => {
    expect(readAwsCron(text)).toBeNull();
  });
});
