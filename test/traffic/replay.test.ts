import { describe, expect, it } from 'vitest';
import { isoMicros } from '../../sim/traffic/iso-timestamp.ts';
import { scaleTimes } from '../../sim/traffic/replay-timestamps.ts';
import {
  arrivals,
  contextOf,
  countsBy,
  HOUR,
  MINUTE,
  MONDAY_EPOCH_MS,
  openPlan,
  problemsOf,
  SECOND,
} from './plans.ts';

const files = {
  'seconds.csv': '\uFEFFseconds,photo\r\n10.5,a\r\n\r\n2,b\r\n2.0000004,c\r\n',
  'iso.csv': 'id,"at"\n1,2026-01-05T00:00:10.5Z\n2,2026-01-05T01:00:00+01:00\n',
  'bad.csv': '1\n-3\nsoon\n2026-01-05T00:00:00Z\n2,ok\n',
  'many-bad.csv': Array(25).fill('?').join('\n'),
  'empty.csv': 'seconds\n',
  'rates.csv': 'time,rate\n10,2\n1m,60/min\n90,0\n100,10\n',
  'bad-rates.csv': '0,1\n0,1\n5,fast\nx,1\n7\n8,-1\n',
  'one.csv': '0,5\n',
};
const context = contextOf({}, files);
const replay = (format: string, file: string, more = {}) =>
  openPlan({ executor: 'replay', format, file, ...more }, context);
const refused = (format: string, file: string, more = {}) => problemsOf(() => replay(format, file, more));

describe('isoMicros', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-05T00:00:00Z', MONDAY_EPOCH_MS * 1_000],
    ['2024-02-29T12:00:00.123456Z', Date.UTC(2024, 1, 29, 12) * 1_000 + 123_456],
    ['2026-01-05 01:30+01:30', MONDAY_EPOCH_MS * 1_000],
    ['2026-01-04T19:00:00,5-0500', MONDAY_EPOCH_MS * 1_000 + 500_000],
    ['1969-12-31T23:59:59', -SECOND],
  ])('%s', (text, micros) => {
    expect(isoMicros(text)).toBe(micros);
  });

  it.each([
    '2023-02-29T00:00:00Z',
    '2026-13-01T00:00Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05',
    'now',
    '2026-01-05T00:00:00Zulu',
  ])('refuses %s', (text) => {
    expect(isoMicros(text)).toBeNull();
  });

  it('agrees with the calendar of the platform on every 13th day of four centuries', () => {
    for (let day = 0; day < 146_097; day += 13) {
      const date = new Date(Date.UTC(1900, 0, 1) + day * 86_400_000);
      expect(isoMicros(date.toISOString())).toBe(date.getTime() * 1_000);
    }
  });
});

describe('replay of timestamps', () => {
  it('reads seconds under a header, sorts them, and ends with the second of the last', () => {
    const stream = replay('timestamps', 'seconds.csv', { startTime: '1m' });
    expect(arrivals(stream, 1, 2)).toEqual([62 * SECOND, 62 * SECOND, 70.5 * SECOND]);
    expect([stream.endMicros, stream.expectedRequests, stream.workload]).toEqual([71 * SECOND, 3, 'resize']);
  });

  it('counts ISO timestamps from the earliest', () => {
    expect(arrivals(replay('timestamps', 'iso.csv', { column: 'at' }))).toEqual([0, 10.5 * SECOND]);
  });

  it('ends at its duration', () => {
    expect(arrivals(replay('timestamps', 'seconds.csv', { duration: '10s' }))).toEqual([
      2 * SECOND,
      2 * SECOND,
    ]);
  });

  it('lists the bad lines, a change of kind among them', () => {
    expect(refused('timestamps', 'bad.csv')).toMatchObject([
      {
        code: 'bad-trace-row',
        path: ['traffic', 'uploads', 'file'],
        file: { name: 'bad.csv', line: 2 },
        help: expect.any(String),
      },
      { code: 'bad-trace-row', file: { line: 3 }, message: '`soon` is no time of a request' },
      { code: 'bad-trace-row', file: { line: 4 } },
    ]);
  });

  it('lists ten bad lines and counts the rest', () => {
    const problems = refused('timestamps', 'many-bad.csv');
    expect(problems).toHaveLength(10);
    expect(problems[9]!.message).toContain('15 more bad rows');
  });

  it.each([
    ['empty.csv', {}, 'empty-trace', ['traffic', 'uploads', 'file']],
    ['nowhere.csv', {}, 'missing-file', ['traffic', 'uploads', 'file']],
    ['iso.csv', { column: 'when' }, 'missing-column', ['traffic', 'uploads', 'column']],
    ['seconds.csv', { arrivals: 'poisson' }, 'misplaced-key', ['traffic', 'uploads', 'arrivals']],
    ['seconds.csv', { functions: 3 }, 'misplaced-key', ['traffic', 'uploads', 'functions']],
    ['seconds.csv', { scale: 1e6, duration: '1s', column: 'seconds' }, undefined, undefined],
  ] as const)('%s with %j: %s', (file, more, code, path) => {
    expect(refused('timestamps', file, more)[0]?.code).toBe(code);
    expect(refused('timestamps', file, more)[0]?.path).toEqual(path);
  });
});

describe('scaleTimes', () => {
  const times = Float64Array.of(0, 10, 20, 50);

  it('spreads copies over the gap that follows', () => {
    expect([...scaleTimes(times, 2)]).toEqual([0, 5, 10, 15, 20, 35, 50, 50]);
  });

  it('leaves requests out evenly', () => {
    expect([...scaleTimes(times, 0.5)]).toEqual([0, 20]);
  });

  it.each([0.3, 0.9, 1.1, 2.5, 17.2])('holds the total at scale %d, in order', (scale) => {
    const many = Float64Array.from({ length: 1_003 }, (_, i) => i * i);
    const scaled = scaleTimes(many, scale);
    expect(scaled.length).toBe(Math.round(1_003 * scale));
    expect(scaled.every((time, i) => time >= (scaled[i - 1] ?? 0))).toBe(true);
  });
});

describe('replay of rates', () => {
  it('holds each rate until the next row, the last as long as the one before', () => {
    const stream = replay('rates', 'rates.csv', { arrivals: 'uniform' });
    expect(stream.endMicros).toBe(110 * SECOND);
    expect(stream.expectedRequests).toBeCloseTo(2 * 50 + 30 + 0 + 100, 9);
    expect(countsBy(arrivals(stream), 10 * SECOND, 11)).toEqual([0, 20, 20, 20, 20, 20, 10, 10, 10, 0, 100]);
  });

  it('multiplies rates by the scale and ends at its duration', () => {
    const stream = replay('rates', 'rates.csv', { scale: 0.5, duration: '20s', arrivals: 'uniform' });
    expect(arrivals(stream)).toEqual(Array.from({ length: 10 }, (_, k) => (10 + k) * SECOND));
  });

  it('takes a single row with a duration', () => {
    expect(replay('rates', 'one.csv', { duration: '1h' }).expectedRequests).toBe(18_000);
    expect(refused('rates', 'one.csv')[0]!.code).toBe('missing-duration');
  });

  it('is Poisson by default (3.3 standard errors)', () => {
    const times = arrivals(replay('rates', 'one.csv', { duration: '1h' }));
    expect(Math.abs(times.length - 18_000)).toBeLessThan(3.3 * Math.sqrt(18_000));
    expect(times.at(-1)!).toBeLessThan(HOUR);
    expect(times[0]!).toBeLessThan(MINUTE);
  });

  it('lists the bad lines', () => {
    expect(refused('rates', 'bad-rates.csv').map((each) => each.file?.line)).toEqual([2, 3, 4, 5, 6]);
  });
});
