import { describe, expect, it } from 'vitest';
import { simulate } from '../../sim/index.ts';

/** One platform under a request every ten minutes, so that each is cold, for long enough to see a p90. */
function coldRun(keys: object) {
  const { platforms } = simulate({
    version: 1,
    duration: '90d',
    workload: { cpu: '0s' },
    traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate: '1/10m' } },
    platforms: { it: { type: 'lambda', memorySize: 512, keepAlive: { idle: '5m' }, ...keys } },
  });
  return platforms.it!;
}

describe('cold starts as maxday/lambda-perf measured them, 2026-07-23 to 2026-08-22', () => {
  // Zip, x86, 512 MB, about 290 each: Init Duration in ms at p50, p90.
  it.each([
    ['nodejs22.x', 140, 160],
    ['python3.13', 84, 98],
    ['java21', 239, 278],
    ['dotnet8', 251, 330],
    ['ruby3.4', 229, 398],
    ['provided.al2023:go', 50, 53],
    ['provided.al2023:rust', 15.7, 22],
  ])('%s: p50 %d ms, p90 %d ms', (runtime, p50, p90) => {
    // Set-up is no part of Init Duration; init of a run's own is drawn with the measured law.
    const { latencyMs, coldStarts } = coldRun({ runtime, coldStart: { setup: '0s' } });
    expect(coldStarts.fraction).toBe(1);
    expect(Math.abs(latencyMs.p50! / p50 - 1)).toBeLessThan(0.03);
    expect(Math.abs(latencyMs.p90! / p90 - 1)).toBeLessThan(0.08);
  });

  it('images of Node start slower: 290 and 534 ms', () => {
    const { latencyMs } = coldRun({
      runtime: 'nodejs22.x',
      packageType: 'Image',
      coldStart: { setup: '0s' },
    });
    expect(Math.abs(latencyMs.p50! / 290 - 1)).toBeLessThan(0.03);
    expect(Math.abs(latencyMs.p90! / 534 - 1)).toBeLessThan(0.08);
  });
});

describe('duration by memory as measured in December 2025, x86, warm, CPU-bound', () => {
  const SIZES = [128, 256, 512, 1024, 1769];
  /** Milliseconds at the sizes above, one thread. Duration × memory is constant to 7 %. */
  const MEASURED: Readonly<Record<string, readonly number[]>> = {
    'python3.13': [5409, 2661, 1341, 628, 386],
    'nodejs22.x': [21_390, 10_760, 5472, 2716, 1584],
  };

  function durations(cpuMs: number, sizes: readonly number[]): number[] {
    const { platforms } = simulate({
      version: 1,
      duration: '100m',
      warmup: '10m',
      workload: { cpu: `${cpuMs}ms` },
      traffic: { load: { executor: 'constant-arrival-rate', arrivals: 'uniform', rate: '1/min' } },
      platforms: Object.fromEntries(
        sizes.map((memorySize) => [`m${memorySize}`, { type: 'lambda', memorySize }]),
      ),
    });
    return sizes.map((memorySize) => platforms[`m${memorySize}`]!.latencyMs.p50!);
  }

  it.each(Object.keys(MEASURED))('%s: halves with twice the memory up to a vCPU', (runtime) => {
    const measured = MEASURED[runtime]!;
    // One number describes the program: its work, from all sizes alike.
    const work = measured.reduce((sum, ms, index) => sum + (ms * SIZES[index]!) / 1769, 0) / measured.length;
    durations(work, SIZES).forEach((ms, index) => {
      expect(Math.abs(ms / measured[index]! - 1)).toBeLessThan(0.07);
    });
  });

  it('gains nothing beyond a vCPU: 386 ms at 1,769 MB, 377 ms at 2,048 MB', () => {
    const [one, more] = durations(386, [1769, 2048]);
    expect(more! / one!).toBeCloseTo(1, 6);
    expect(Math.abs(more! / 377 - 1)).toBeLessThan(0.07);
  });
});
