import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { studentInterval } from '../../sim/experiment/student-t.ts';
import { prepare, type Result } from '../../sim/index.ts';
import { arrivalsByMinute, replay, replayScenario, sum } from './replay.ts';

/**
 * 100 functions of the Azure Functions trace of 2019 (Shahrad et al., USENIX ATC 2020; CC-BY 4.0), eight
 * hours of one day. The data is not part of this project: without it there is nothing to test here.
 */
const FOLDER = new URL('../../../shared/traces/', import.meta.url);
const SAMPLE = 'azure2019-sample-100';
const isAbsent = !existsSync(new URL(`${SAMPLE}/invocations.csv`, FOLDER));
const HOURS = 8;
const WHOLE = replayScenario(`file: ${SAMPLE}, format: azure-functions-2019`);

/** Column sums of the invocations table: what each minute must hold. */
function countsByMinute(): number[] {
  const [head, ...rows] = readFileSync(new URL(`${SAMPLE}/invocations.csv`, FOLDER), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const first = head!.findIndex((name) => /^\d+$/.test(name));
  return head!.slice(first).map((_, minute) => sum(rows.map((row) => Number(row[first + minute]))));
}

describe.skipIf(isAbsent)(
  'the Azure sample (skipped where its data, which is not shipped, is absent)',
  () => {
    let result: Result;

    beforeAll(() => {
      result = replay(WHOLE, FOLDER);
    });

    it('100 functions, 339,657 invocations, to the unit on both platforms', () => {
      const readFile = (path: string) => readFileSync(new URL(path, FOLDER), 'utf8');
      expect(prepare(WHOLE, { readFile }).program.base.workloads).toHaveLength(100);
      for (const { requests } of Object.values(result.platforms)) {
        expect(requests.arrived).toBe(339_657);
        expect(requests.completed + requests.failed + requests.inFlight).toBe(339_657);
      }
    });

    it('every minute holds what the table says: mean 708, least 523, most 1,460', () => {
      const expected = countsByMinute();
      expect(expected.length).toBe(HOURS * 60);
      expect(Math.round(sum(expected) / expected.length)).toBe(708);
      expect([Math.min(...expected), Math.max(...expected)]).toEqual([523, 1_460]);
      for (const platform of Object.values(result.platforms)) {
        expect(arrivalsByMinute(platform)).toEqual(expected);
      }
    });

    it('the busiest function is 80.5 % of it, the busiest ten are 96.7 %', () => {
      const share = (functions: number) => {
        const text = replayScenario(`file: ${SAMPLE}, format: azure-functions-2019, functions: ${functions}`);
        return replay(text, FOLDER).platforms.lambda!.requests.arrived / 339_657;
      };
      expect(share(1).toFixed(3)).toBe('0.805');
      expect(share(10).toFixed(3)).toBe('0.967');
    });

    it('work is as recorded: 307,488 s in all, 905.29 ms on average', () => {
      // Each function's recorded average, weighted with its invocations; servers answer after exactly the
      // work.
      const means = Array.from({ length: 10 }, (_, seed) => {
        const alone = { seed: seed + 1, platforms: ['servers'] };
        return replay(WHOLE, FOLDER, alone).platforms.servers!.latencyMs.mean!;
      });
      const [low, high] = studentInterval(means, 0.99)!;
      const told = `${low} … ${high}`;
      expect((high - low) / 2 / 905.29, told).toBeLessThan(0.03);
      expect(low, told).toBeLessThanOrEqual(905.29);
      expect(high, told).toBeGreaterThanOrEqual(905.29);
    });

    it('Lambda bills each invocation once, and every function starts cold at least once', () => {
      const { cost, coldStarts, capacity } = result.platforms.lambda!;
      const requests = cost.lines.find((line) => line.id === 'lambda.requests')!;
      expect(requests.quantity).toBeCloseTo((339_657 * 730) / HOURS, 6);
      expect(coldStarts.count).toBeGreaterThanOrEqual(100);
      expect(capacity.started).toBe(coldStarts.count);
    });

    it('the trace is waiting time: servers are idle, and answer as Lambda does without starts', () => {
      const { lambda, servers } = result.platforms;
      expect(servers!.capacity.busyMean).toBe(0);
      expect(servers!.latencyMs.p50).toBeLessThanOrEqual(lambda!.latencyMs.p50!);
      expect(servers!.latencyMs.mean!).toBeLessThan(lambda!.latencyMs.mean!);
    });
  },
);
