import { describe, expect, it } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { type PlatformResult, simulate } from '../../sim/index.ts';
import { expectSound } from './expect-sound.ts';
import { serviceWave } from './formulas/wave.ts';
import { firstSeed } from './replications.ts';

const DAY_SECONDS = 86_400;
const RATE = 1;
const SWING = 0.8;
const DAYS = 3;

function scenario(law: string): string {
  return `
version: 1
duration: ${DAYS * DAY_SECONDS}s
workload: { cpu: 0s, wait: ${law} }
traffic:
  main: { executor: diurnal-arrival-rate, mean: ${RATE}/s, peakToMean: ${1 + SWING}, peakAt: '12:00' }
platforms:
  it: { type: lambda, accountConcurrency: none, coldStart: { setup: 0s, init: 0s } }
`;
}

/**
 * The first harmonic of a day in a column, from the second day on: its mean, amplitude and time of the peak.
 */
function dailyWave(column: readonly number[], stepSeconds: number) {
  const values = column.slice(DAY_SECONDS / stepSeconds);
  let cosine = 0;
  let sine = 0;
  values.forEach((value, bin) => {
    const angle = (2 * Math.PI * (bin + 0.5) * stepSeconds) / DAY_SECONDS;
    cosine += (2 * value * Math.cos(angle)) / values.length;
    sine += (2 * value * Math.sin(angle)) / values.length;
  });
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    amplitude: Math.hypot(cosine, sine),
    peakSeconds: (Math.atan2(sine, cosine) / (2 * Math.PI)) * DAY_SECONDS,
  };
}

/** How much later than the arrivals the concurrency peaks, and by how much it swings. */
function response({ timeseries }: PlatformResult) {
  const { stepSeconds, columns } = timeseries;
  const arrivals = dailyWave(columns.arrivals, stepSeconds);
  const busy = dailyWave(columns.busy, stepSeconds);
  const lagSeconds = (busy.peakSeconds - arrivals.peakSeconds + 1.5 * DAY_SECONDS) % DAY_SECONDS;
  return { ...busy, lagSeconds: lagSeconds - DAY_SECONDS / 2 };
}

describe('M_t/G/∞ under a daily wave: concurrency lags the rate', () => {
  const swinging = { rate: RATE, swing: SWING, periodSeconds: DAY_SECONDS };
  it.each([
    // Constant service: N(t) is all that came within 800 s. It says nothing but the arrivals, so its lag
    // is sharp.
    ['constant, 800 s', '800s', serviceWave(swinging, () => 1, 800), 0.01],
    [
      'uniform, up to 800 s',
      '{ distribution: uniform, min: 0s, max: 800s }',
      serviceWave(swinging, (s) => 1 - s / 800, 800),
      0.25,
    ],
  ])('%s', (_, law, wave, lagPrecision) => {
    const responses = Array.from({ length: 10 }, (_, index) => {
      const text = scenario(law);
      const result = simulate(text, { overrides: { seed: firstSeed(text) + index } });
      expectSound(result);
      return response(result.platforms.it!);
    });
    for (const [figure, precision] of [
      ['mean', 0.02],
      ['amplitude', 0.02],
      ['lagSeconds', lagPrecision],
    ] as const) {
      const [low, high] = studentInterval(
        responses.map((each) => each[figure]),
        0.99,
      )!;
      expect((high - low) / 2 / wave[figure], `precision of ${figure}`).toBeLessThan(precision);
      expect(low, figure).toBeLessThanOrEqual(wave[figure]);
      expect(high, figure).toBeGreaterThanOrEqual(wave[figure]);
    }
  });
});
