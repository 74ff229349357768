import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readInvocations } from '../../sim/traffic/azure-2019-invocations.ts';
import type { OpenStreamPlan, TrafficPlan } from '../../sim/traffic/traffic.ts';
import { arrivals, contextOf, countsBy, HOUR, MINUTE, plan, problemsOf, SECOND } from './plans.ts';

const SAMPLE = '../shared/traces/azure2019-sample-100';
const SMALL = 'scenarios/traces/small-azure';
const fromDisk = (workload?: string) =>
  contextOf({ workload, readFile: (path) => readFileSync(path, 'utf8') });

/** Open streams of a plan with all their times. */
function played(traffic: TrafficPlan) {
  return traffic.streams.map((stream) => {
    const times = arrivals(stream as OpenStreamPlan);
    return {
      stream: stream as OpenStreamPlan,
      times,
      workload: traffic.workloads.find((each) => each.name === stream.workload)!,
    };
  });
}

const azure = (file: string, more = {}, context = fromDisk()) =>
  plan({ executor: 'replay', format: 'azure-functions-2019', file, ...more }, context);

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('the small trace', () => {
  const totals = [301, 4_500, 4, 60, 828, 150, 2];

  it('is seven functions with the totals its README states', () => {
    const streams = played(azure(SMALL));
    expect(streams.map(({ times }) => times.length)).toEqual(totals);
    expect(streams.map(({ stream }) => stream.expectedRequests)).toEqual(totals);
    expect(streams.every(({ stream }) => stream.endMicros === HOUR)).toBe(true);
    expect(streams.map(({ workload }) => workload.wait.meanMicros / 1_000)).toEqual([
      640, 38, 5_200, 3, 95, 12, 1_500,
    ]);
    expect(streams.every(({ workload }) => workload.cpu.meanMicros === 0)).toBe(true);
  });

  it.each(['poisson', 'uniform'])('holds the count of every minute, %s', (spread) => {
    for (const { stream, times } of played(azure(SMALL, { arrivals: spread }))) {
      const counts = countsBy(times, MINUTE, 60);
      if (stream.expectedRequests === 301)
        expect(counts).toEqual(Array.from({ length: 60 }, (_, m) => (7 * m) % 11));
      if (stream.expectedRequests === 4_500)
        expect(counts).toEqual(Array.from({ length: 60 }, (_, m) => 60 + Math.abs(30 - m)));
      expect(times.every((time, i) => Number.isInteger(time) && time >= (times[i - 1] ?? 0))).toBe(true);
      expect(arrivals(stream, 1, 3)).toEqual(times);
    }
  });

  it('spaces uniform arrivals evenly from the start of the minute', () => {
    const checkout = played(azure(SMALL, { arrivals: 'uniform', startTime: '5s' }))[4]!;
    expect(checkout.times.slice(0, 3)).toEqual([5 * SECOND, 35 * SECOND, 65 * SECOND]);
  });

  it('spreads Poisson arrivals over the whole minute: a mean of 30 s (3.3 standard errors)', () => {
    const { times } = played(azure(SMALL))[1]!;
    const within = sumOf(times.map((time) => time % MINUTE)) / times.length;
    expect(Math.abs(within - 30 * SECOND)).toBeLessThan((3.3 * MINUTE) / Math.sqrt(12 * times.length));
  });

  it('has names that are short, different and begin the hash', () => {
    const traffic = azure(SMALL);
    const names = traffic.workloads.map((each) => each.name);
    expect(new Set(names).size).toBe(7);
    expect(names[1]).toBe('ce387d5e');
    expect(traffic.streams[1]!.name).toBe('uploads/ce387d5e');
  });

  it('splits the memory of an app over its functions', () => {
    expect(azure(SMALL).workloads.map((each) => each.memoryBytes / 1e6)).toEqual([
      110, 110, 65, 65, 90, 90, 90,
    ]);
  });

  it('replays the busiest functions and the first hours', () => {
    expect(played(azure(SMALL, { functions: 2 })).map(({ times }) => times.length)).toEqual([4_500, 828]);
    const half = played(azure(SMALL, { functions: 1, hours: 0.5 }))[0]!;
    expect([half.times.length, half.stream.endMicros]).toEqual([60 * 30 + (30 * 31) / 2, HOUR / 2]);
  });

  it.each([0.1, 0.37, 1.5, 3])('holds totals within one request at scale %d', (scale) => {
    const counts = played(azure(SMALL, { scale })).map(({ times }) => times.length);
    expect(Math.abs(sumOf(counts) - scale * sumOf(totals))).toBeLessThanOrEqual(1);
  });

  it('makes a share of the time CPU work', () => {
    const { cpu, wait } = azure(SMALL, { cpuShare: 0.25 }).workloads[0]!;
    expect([cpu.meanMicros, wait.meanMicros]).toEqual([160_000, 480_000]);
  });

  it('takes no workload and no law of gaps', () => {
    expect(
      problemsOf(() => azure(SMALL, { workload: 'resize', arrivals: { distribution: 'gamma', cv: 2 } })),
    ).toMatchObject([
      {
        code: 'misplaced-key',
        path: ['traffic', 'uploads', 'workload'],
        at: 'key',
        help: expect.stringContaining('its own'),
      },
      { code: 'misplaced-key', path: ['traffic', 'uploads', 'arrivals'] },
    ]);
  });
});

const head = 'HashOwner,HashApp,HashFunction,Trigger,480,481,482\n';
const durationsHead =
  'HashOwner,HashApp,HashFunction,Average,Count,Minimum,Maximum,' +
  'percentile_Average_0,percentile_Average_50,percentile_Average_100\n';
const memory = 'HashOwner,HashApp,SampleCount,AverageAllocatedMb\no,a,1,100\n';
const minutes = 'o,a,aaaaaaaa1,http,0,2,1\no,a,aaaaaaaa2,http,1,0,0\no,b,aaaaaaaa1,timer,0,0,0\n';
const good = {
  't/invocations.csv': `${head}${minutes}`,
  't/durations.csv': `${durationsHead}o,a,aaaaaaaa1,10,3,,,5,10,15\no,a,aaaaaaaa2,10,3,,,5,10,15\n`,
  't/memory.csv': memory,
};
const tables = (changes: Record<string, string>) =>
  contextOf({ workload: undefined }, { ...good, ...changes });

describe('tables', () => {
  it('start at the first column, whatever minute it names, and leave out functions without requests', () => {
    const streams = played(azure('t/', { arrivals: 'uniform' }, tables({})));
    expect(streams.map(({ times }) => times)).toEqual([[MINUTE, 1.5 * MINUTE, 2 * MINUTE], [0]]);
    expect(streams.map(({ workload }) => workload.name)).toEqual(['aaaaaaaa1-a-o', 'aaaaaaaa2']);
    expect(streams.map(({ workload }) => workload.memoryBytes)).toEqual([50e6, 50e6]);
  });

  it('are found under the names they were published with, by day', () => {
    const published = (day: string, counts: string) => ({
      [`p/invocations_per_function_md.anon.d${day}.csv`]: `${head}o,a,aaaaaaaa1,http,${counts}\n`,
      [`p/function_durations_percentiles.anon.d${day}.csv`]: good['t/durations.csv'],
      [`p/app_memory_percentiles.anon.d${day}.csv`]: memory,
    });
    const context = tables({ ...published('02', '1,1,1'), ...published('11', '5,0,0') });
    expect(azure('p', {}, context).streams[0]).toMatchObject({ expectedRequests: 3 });
    expect(azure('p', { day: 11 }, context).streams[0]).toMatchObject({ expectedRequests: 5 });
    expect(problemsOf(() => azure('p', { day: 1 }, context))[0]!.code).toBe('missing-file');
  });

  it.each([
    ['2,1', 2, '2 minutes in place of 3'],
    ['2,1,0,4', 2, 'more than 3 minutes'],
    ['2,,0', 2, 'an empty count'],
    ['2,-1,0', 2, '`-1` is no count of requests'],
    ['2,1.5,0', 2, '`1.5` is no count of requests'],
    ['2,99999999999,0', 2, '`99999999999` is no count of requests'],
  ])('refuse the counts %s', (counts, line, message) => {
    const context = tables({ 't/invocations.csv': `${head}o,a,f,http,${counts}\n` });
    expect(problemsOf(() => azure('t', {}, context))).toMatchObject([
      {
        code: 'bad-trace-row',
        path: ['traffic', 'uploads', 'file'],
        file: { name: 't/invocations.csv', line },
        message,
      },
    ]);
  });

  it.each([
    [{ 't/invocations.csv': `${head}o,a,<b>,http,1,2,3\n` }, 'bad-trace-row', 2],
    [{ 't/invocations.csv': `${head}o,a\n` }, 'bad-trace-row', 2],
    [{ 't/invocations.csv': 'HashOwner,HashApp,HashFunction,Trigger,1,3\n' }, 'bad-trace-row', 1],
    [{ 't/invocations.csv': 'Owner,HashApp,HashFunction,1,2\n' }, 'missing-column', 1],
    [{ 't/invocations.csv': `${head}o,a,f,http,0,0,0\n` }, 'empty-trace', undefined],
    [{ 't/durations.csv': durationsHead }, 'bad-trace-row', 2],
    [{ 't/durations.csv': `${durationsHead}o,a,aaaaaaaa1,x,3,,,5,10,15\n` }, 'bad-trace-row', 2],
    [{ 't/durations.csv': `${durationsHead}o,a,aaaaaaaa1,9,3,,,5,4,15\n` }, 'bad-trace-row', 2],
    [{ 't/durations.csv': 'HashOwner,HashApp,HashFunction,Average\n' }, 'missing-column', 1],
    [
      { 't/memory.csv': 'HashOwner,HashApp,SampleCount,AverageAllocatedMb\no,a,1,lots\n' },
      'bad-trace-row',
      2,
    ],
  ])('refuse %j', (changes, code, line) => {
    const problems = problemsOf(() => azure('t', {}, tables(changes as Record<string, string>)));
    expect([problems[0]?.code, problems[0]?.file?.line]).toEqual([code, line]);
  });

  it('name the functions that have requests and no durations, by their line', () => {
    const problems = problemsOf(() => azure('t', {}, tables({ 't/durations.csv': durationsHead })));
    expect(problems).toMatchObject([
      { file: { name: 't/invocations.csv', line: 2 }, message: expect.stringContaining('3 requests') },
      { file: { name: 't/invocations.csv', line: 3 } },
    ]);
  });

  it('say which file is missing', () => {
    expect(problemsOf(() => azure('nowhere', {}, tables({})))).toMatchObject([
      {
        code: 'missing-file',
        path: ['traffic', 'uploads', 'file'],
        message: expect.stringContaining('nowhere/invocations.csv'),
      },
    ]);
  });
});

describe('a day of the published size', () => {
  it('reads ten million cells in a few seconds', () => {
    const row = Array.from({ length: 1_440 }, (_, m) => (m % 97 === 0 ? 3 : 0)).join(',');
    const minutes = Array.from({ length: 1_440 }, (_, m) => m + 1).join(',');
    const header = `HashOwner,HashApp,HashFunction,Trigger,${minutes}`;
    const text = [
      header,
      ...Array.from({ length: 7_000 }, (_, i) => `o,a,${i.toString(16).padStart(64, '0')},http,${row}`),
    ].join('\n');
    const started = performance.now();
    const { functions } = readInvocations(text, 'i.csv', [], Number.POSITIVE_INFINITY);
    expect([functions.length, functions[6_999]!.requests]).toEqual([7_000, 45]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe.skipIf(!existsSync(SAMPLE))('the sample of 100 functions (Shahrad et al. 2020, CC-BY 4.0)', () => {
  const streams = existsSync(SAMPLE) ? played(azure(SAMPLE)) : [];
  const counts = streams.map(({ times }) => times.length);

  it('has 339,657 requests, the busiest function 80.5 % and ten 96.7 % of them', () => {
    const sorted = counts.toSorted((a, b) => b - a);
    expect([streams.length, sumOf(counts)]).toEqual([100, 339_657]);
    expect(sorted[0]! / 339_657).toBeCloseTo(0.805, 3);
    expect(sumOf(sorted.slice(0, 10)) / 339_657).toBeCloseTo(0.967, 3);
  });

  it('has 708 requests a minute on average, 523 to 1,460', () => {
    const total = Array<number>(480).fill(0);
    for (const { times } of streams) {
      countsBy(times, MINUTE, 480).forEach((count, minute) => {
        total[minute]! += count;
      });
    }
    expect([Math.round(sumOf(total) / 480), Math.min(...total), Math.max(...total)]).toEqual([
      708, 523, 1_460,
    ]);
  });

  it('runs for 307,488 s, 905.29 ms a request: every function keeps its average', () => {
    const micros = sumOf(streams.map(({ times, workload }) => times.length * workload.wait.meanMicros));
    expect(Math.round(micros / SECOND)).toBe(307_488);
    expect(micros / 339_657 / 1_000).toBeCloseTo(905.29, 2);
  });

  it('has the memory of its table', () => {
    expect(streams.every(({ workload }) => workload.memoryBytes > 1e6)).toBe(true);
  });

  it('has the triggers its description counts', () => {
    const text = readFileSync(`${SAMPLE}/invocations.csv`, 'utf8');
    const triggers = new Map<string, number>();
    for (const { trigger } of readInvocations(text, 'invocations.csv', [], 480).functions) {
      triggers.set(trigger, (triggers.get(trigger) ?? 0) + 1);
    }
    expect(Object.fromEntries(triggers)).toEqual({
      timer: 44,
      http: 36,
      queue: 13,
      orchestration: 5,
      storage: 1,
      event: 1,
    });
  });
});
