import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demandAndCapacity } from '../../reports/charts/demand-and-capacity.ts';
import { simulate } from '../../sim/index.ts';

const file = (path: string) => new URL(`../../${path}`, import.meta.url);
const wave = simulate(readFileSync(file('scenarios/square-wave.yaml'), 'utf8'));
const { capacity, busy } = wave.platforms.group!.timeseries.columns;

describe('a square wave of load, from minute 10 to minute 40', () => {
  it('is 40 % of four vCPUs, then 90 %, against a target of 50 %', () => {
    expect(busy[5]! / capacity[5]!).toBeCloseTo(0.4, 2);
    expect(busy[11]! / capacity[11]!).toBeCloseTo(0.9, 2);
  });

  it('is not answered for three minutes', () => {
    expect(capacity.slice(0, 13)).toEqual(Array(13).fill(4));
  });

  it('then in proportion: 4 × 90 / 50 = 7.2, rounded up to 8, there after 30 to 36 s', () => {
    const seconds = ((8 - capacity[13]!) / 4) * 60;
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThan(36);
    expect(capacity.slice(14, 40)).toEqual(Array(26).fill(8));
  });

  it('is paid for fifteen quiet minutes more: 8 × 20 / 50 = 3.2, which leaves 4', () => {
    expect(capacity.slice(40, 55)).toEqual(Array(15).fill(8));
    expect(capacity[55]).toBeCloseTo(4, 1);
    expect(capacity.slice(56)).toEqual(Array(14).fill(4));
  });

  it('is drawn in the documents as it is (`vitest run -u` draws it anew)', async () => {
    await expect(demandAndCapacity.render(wave)).toMatchFileSnapshot('../../docs/charts/square-wave.svg');
  });
});
