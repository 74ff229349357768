import { expect, it } from 'vitest';
import { cosineOfTurns } from '../../sim/traffic/cosine.ts';

it('agrees with Math.cos to 1e-15 over three turns', () => {
  let error = 0;
  for (let i = -1_500; i <= 1_500; i += 1) {
    error = Math.max(error, Math.abs(cosineOfTurns(i / 1_000) - Math.cos((2 * Math.PI * i) / 1_000)));
  }
  // Math.cos has the rounding of its argument, up to 1e-15 at three half turns.
  expect(error).toBeLessThan(2e-15);
});

it('is exact at quarter turns', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map(cosineOfTurns)).toEqual([1, 0, -1, 0, 1]);
});
