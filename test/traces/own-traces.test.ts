import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrivalsByMinute, replay, replayScenario, sum } from './replay.ts';

/** The invented traces that come with the project. Expected counts follow from the rules that made them. */
const FOLDER = new URL('../../scenarios/traces/', import.meta.url);
const HOURS_A_MONTH = 730;

describe('small-azure: seven functions over an hour', () => {
  const minutes = Array.from({ length: 60 }, (_, minute) => minute);
  const functions: Readonly<Record<string, (minute: number) => number>> = {
    thumbnails: (m) => (7 * m) % 11,
    gallery: (m) => 60 + Math.abs(30 - m),
    'nightly-report': (m) => (m % 15 === 0 ? 1 : 0),
    heartbeat: () => 1,
    checkout: (m) => ([7, 8].includes(m % 20) ? 120 : 2),
    'stock-events': (m) => Math.floor(m / 10),
    invoice: (m) => (m === 13 || m === 47 ? 1 : 0),
  };
  const byMinute = minutes.map((minute) => sum(Object.values(functions).map((rule) => rule(minute))));
  const total = sum(byMinute);

  it.each(['poisson', 'uniform'])(
    'spread %s: every minute holds to the unit, on both platforms',
    (arrivals) => {
      const text = replayScenario(`file: small-azure, format: azure-functions-2019, arrivals: ${arrivals}`);
      const { platforms } = replay(text, FOLDER);
      expect(total).toBe(5_845);
      for (const platform of Object.values(platforms)) {
        expect(platform.requests.arrived).toBe(total);
        expect(arrivalsByMinute(platform)).toEqual(byMinute);
        expect(platform.requests.failed).toBe(0);
      }
      expect(platforms.lambda!.cost.lines.find((line) => line.id === 'lambda.requests')!.quantity).toBe(
        total * HOURS_A_MONTH,
      );
    },
  );

  it('scaled by two, every minute doubles', () => {
    const text = replayScenario('file: small-azure, format: azure-functions-2019, scale: 2');
    const { platforms } = replay(text, FOLDER);
    expect(arrivalsByMinute(platforms.lambda!)).toEqual(byMinute.map((count) => 2 * count));
  });

  it('only the busiest, and only the first minutes, where asked', () => {
    const text = replayScenario('file: small-azure, format: azure-functions-2019, functions: 1, hours: 0.5');
    const { platforms } = replay(text, FOLDER);
    const first = minutes.slice(0, 30).map((minute) => functions.gallery!(minute));
    expect(arrivalsByMinute(platforms.lambda!)).toEqual(first);
  });

  it('functions have environments of their own: at least one each', () => {
    const text = replayScenario('file: small-azure, format: azure-functions-2019');
    const { platforms } = replay(text, FOLDER);
    expect(platforms.lambda!.coldStarts.count).toBeGreaterThanOrEqual(7);
    // The report runs every fifteen minutes, longer than an environment is kept: four cold starts of its own.
    expect(platforms.lambda!.coldStarts.count).toBeGreaterThanOrEqual(7 + 3);
  });
});

describe('photo-uploads: a timestamp a line', () => {
  const stamps = readFileSync(new URL('photo-uploads.csv', FOLDER), 'utf8')
    .split('\n')
    .map((line) => line.split(',')[0]!.trim())
    .filter((cell) => /^[\d.]+$/.test(cell))
    .map(Number);

  it('every line is a request, in its minute', () => {
    const text = replayScenario('file: photo-uploads.csv, format: timestamps', 'workload: { cpu: 400ms }');
    const { platforms } = replay(text, FOLDER);
    expect(stamps.length).toBeGreaterThan(60);
    for (const platform of Object.values(platforms)) {
      expect(platform.requests.arrived).toBe(stamps.length);
      const byMinute = arrivalsByMinute(platform).map((_, minute) => {
        return stamps.filter((at) => Math.floor(at / 60) === minute).length;
      });
      expect(arrivalsByMinute(platform)).toEqual(byMinute);
    }
    // Twelve in each of the minutes 6, 7 and 14.
    expect([6, 7, 14].map((minute) => arrivalsByMinute(platforms.lambda!)[minute])).toEqual([12, 12, 12]);
  });
});
