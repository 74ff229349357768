import { expect, it } from 'vitest';
import { type DistributionSpec, openDistribution } from '../../sim/distributions/index.ts';
import { scaledSpec } from '../../sim/distributions/scaled-spec.ts';
import { openRandom } from '../../sim/kernel/random.ts';

const mixture: DistributionSpec = {
  distribution: 'mixture',
  components: [
    { weight: 0.9, distribution: 'constant', value: '20ms' },
    { weight: 0.1, distribution: 'exponential', mean: '3s' },
  ],
};
const laws: readonly DistributionSpec[] = [
  '17s',
  { distribution: 'uniform', min: '3s', max: '9s' },
  { distribution: 'lognormal', median: '9s', p99: '28s' },
  { distribution: 'lognormal', mean: '9s', cv: 2 },
  { distribution: 'gamma', mean: '9s', cv: 2 },
  { distribution: 'weibull', mean: '9s', cv: 2 },
  { distribution: 'pareto', mean: '9s', alpha: 3 },
  { distribution: 'hyperexponential', mean: '9s', cv: 2 },
  { distribution: 'empirical', values: ['1s', '2s', '6s'] },
  { distribution: 'empirical', percentiles: { p0: '1s', p50: '2s', p100: '6s' } },
  mixture,
];

/** Every law of durations has them as its scale: half the durations, half of each draw. */
it.each(laws.map((law) => [JSON.stringify(law), law] as const))('halved, %s draws halves', (_, law) => {
  const draws = (spec: DistributionSpec) => {
    const opened = openDistribution(spec, [], () => '');
    const random = openRandom(1, 0, 'draws');
    return Array.from({ length: 200 }, () => opened.sample(random));
  };
  const halves = draws(scaledSpec(law, 0.5)!);
  for (const [index, whole] of draws(law).entries()) {
    expect(Math.abs(halves[index]! - whole / 2)).toBeLessThanOrEqual(1);
  }
});

it('what stands in a file is not scaled', () => {
  expect(scaledSpec({ distribution: 'empirical', file: 'times.txt' }, 0.5)).toBeUndefined();
});
