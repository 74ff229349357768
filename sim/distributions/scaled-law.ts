import type { Random } from '../kernel/random.ts';
import type { Distribution } from './distribution.ts';

/** A law whose every draw is that of another, times a factor. */
export function scaledLaw(law: Distribution, factor: number): Distribution {
  const sample = (random: Random) => Math.round(law.sample(random) * factor);
  return {
    meanMicros: law.meanMicros * factor,
    isConstant: law.isConstant,
    sample,
    fill: (random, out, count) => {
      for (let place = 0; place < count; place++) out[place] = sample(random);
    },
  };
}
