import { describe, expect, it } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { type PlatformResult, simulate } from '../../sim/index.ts';
import { expectSound } from './expect-sound.ts';
import { concurrencyWave } from './formulas/single-server.ts';
import { firstSeed } from './replications.ts';

const DAY_SECONDS = 86_400;
const RATE = 0.5;
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

/** The first harmonic of a day in a column, from the second day on: its mean, amplitude and time of the peak. */
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
  // Exponential service: by nearly E[S]. Constant service D: N(t) is what came within D, so by D/2, and the wave is
  // smaller by sin(ωD/2) / (ωD/2). (Eick, Massey and Whitt 1993.)
  const omega = (2 * Math.PI) / DAY_SECONDS;
  const constant = {
    mean: RATE * 800,
    amplitude: (RATE * 800 * SWING * Math.sin(omega * 400)) / (omega * 400),
    lagSeconds: 400,
  };
  it.each([
    [
      'exponential, 60 s',
      '{ distribution: exponential, mean: 60s }',
      concurrencyWave(RATE, SWING, DAY_SECONDS, 60),
    ],
    ['constant, 800 s', '800s', constant],
  ])('%s', (_, law, wave) => {
    const responses = Array.from({ length: 10 }, (_, index) => {
      const text = scenario(law);
      const result = simulate(text, { overrides: { seed: firstSeed(text) + index } });
      expectSound(result);
      return response(result.platforms['it']!);
    });
    for (const [figure, precision] of [
      ['mean', 0.02],
      ['amplitude', 0.02],
      ['lagSeconds', 0.2],
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
