import { describe, expect, it } from 'vitest';
import { logGamma } from '../../sim/distributions/gamma-function.ts';
import { power } from '../../sim/distributions/power.ts';
import { openShape, shapeSchema } from '../../sim/distributions/shape.ts';
import { weibullShape } from '../../sim/distributions/weibull.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { gammaOf, meanOf, varianceOf } from './statistics.ts';

describe('logGamma', () => {
  it.each([0.5, 1, 1.5, 2, 3, 7.5, 12, 20.5, 100])('agrees with the exact Γ(%d)', (x) => {
    expect(logGamma(x)).toBeCloseTo(Math.log(gammaOf(x)), 11);
  });
});

describe('weibullShape', () => {
  it.each([
    [1, 1],
    [Math.sqrt(5), 0.5],
    [Math.sqrt(4 / Math.PI - 1), 2],
    [Math.sqrt(19), 1 / 3],
  ])('cv %d is of shape %d', (cv, shape) => {
    expect(weibullShape(cv)).toBeCloseTo(shape, 10);
  });
});

describe('power', () => {
  it('is exact enough, and zero at zero', () => {
    expect(power(2, 10)).toBeCloseTo(1024, 9);
    expect(power(0, 0.3)).toBe(0);
  });
});

describe('shapes for renewal arrivals', () => {
  it.each([
    { spec: { distribution: 'constant' }, cv: 0 },
    { spec: { distribution: 'exponential' }, cv: 1 },
    { spec: { distribution: 'gamma', cv: 2 }, cv: 2 },
    { spec: { distribution: 'weibull', cv: 0.5 }, cv: 0.5 },
    { spec: { distribution: 'lognormal', cv: 0.8 }, cv: 0.8 },
    { spec: { distribution: 'hyperexponential', cv: 3 }, cv: 3 },
    { spec: { distribution: 'pareto', alpha: 10 }, cv: 1 / Math.sqrt(80) },
  ])('$spec has mean 1 and cv $cv (3.3 standard errors; 5 %)', ({ spec, cv }) => {
    const law = openShape(shapeSchema.parse(spec));
    const out = new Float64Array(200_000);
    law.fill(openRandom(11, 0, 'shape'), out, out.length);
    expect(Math.abs(meanOf(out) - 1)).toBeLessThanOrEqual((3.3 * cv) / Math.sqrt(out.length));
    expect(Math.abs(Math.sqrt(varianceOf(out)) - cv)).toBeLessThanOrEqual(0.05 * cv);
  });

  it.each([
    [{ distribution: 'gamma' }, ['cv']],
    [{ distribution: 'gamma', mean: '1s', cv: 2 }, []],
    [{ distribution: 'pareto', alpha: 1 }, ['alpha']],
    [{ distribution: 'hyperexponential', cv: 1 }, ['cv']],
  ])('refuses %j', (spec, path) => {
    expect(shapeSchema.safeParse(spec).error?.issues[0]?.path).toEqual(path);
  });
});
