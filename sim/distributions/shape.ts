import { z } from 'zod';
import { unitConstant } from './constant.ts';
import { unitExponential } from './exponential.ts';
import { unitGamma } from './gamma.ts';
import { hyperexponentialCvKey, unitHyperexponential } from './hyperexponential.ts';
import { cvKey, nameKey } from './kind.ts';
import { unitLognormal } from './lognormal.ts';
import { alphaKey, unitPareto } from './pareto.ts';
import type { UnitLaw } from './unit-law.ts';
import { unitWeibull } from './weibull.ts';

/**
 * The shape of a law without its mean, for gaps that are scaled to a rate: `{ distribution: gamma, cv: 2 }`.
 */
export const shapeSchema = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: nameKey('constant', 'Gaps of one length.') }),
  z.strictObject({ distribution: nameKey('exponential', 'Exponential gaps, as in a Poisson process.') }),
  z.strictObject({ distribution: nameKey('gamma', 'Gamma gaps.'), cv: cvKey }),
  z.strictObject({
    distribution: nameKey('hyperexponential', 'Gaps from two exponentials, most short and a few long.'),
    cv: hyperexponentialCvKey,
  }),
  z.strictObject({ distribution: nameKey('lognormal', 'Lognormal gaps.'), cv: cvKey }),
  z.strictObject({ distribution: nameKey('pareto', 'Pareto gaps: a heavy tail.'), alpha: alphaKey }),
  z.strictObject({ distribution: nameKey('weibull', 'Weibull gaps.'), cv: cvKey }),
]);

export type ShapeSpec = z.output<typeof shapeSchema>;

/** The law of mean 1 that has this shape. */
export function openShape(spec: ShapeSpec): UnitLaw {
  switch (spec.distribution) {
    case 'constant':
      return unitConstant;
    case 'exponential':
      return unitExponential;
    case 'gamma':
      return unitGamma(spec.cv);
    case 'hyperexponential':
      return unitHyperexponential(spec.cv);
    case 'lognormal':
      return unitLognormal(spec.cv);
    case 'pareto':
      return unitPareto(spec.alpha);
    case 'weibull':
      return unitWeibull(spec.cv);
  }
}
