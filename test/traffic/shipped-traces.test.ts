import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { arrivals, contextOf, countsBy, MINUTE, openPlan } from './plans.ts';

it('photo-uploads.csv has the counts by the minute that its README states', () => {
  const context = contextOf({ readFile: (path) => readFileSync(`scenarios/traces/${path}`, 'utf8') });
  const stream = openPlan({ executor: 'replay', format: 'timestamps', file: 'photo-uploads.csv' }, context);
  const expected = Array.from({ length: 20 }, (_, m) => ([6, 7, 14].includes(m) ? 12 : 1 + (m % 3)));
  expect(countsBy(arrivals(stream), MINUTE, 20)).toEqual(expected);
});
