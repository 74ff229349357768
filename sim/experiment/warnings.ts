import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../kernel/time.ts';
import type { Result } from '../result/result.ts';
import type { Program } from '../scenario/compile.ts';
import { deploymentWarnings } from './deployment-warnings.ts';
import { failingRuns, percentOf } from './many-failures.ts';
import type { PlatformRun } from './platform-run.ts';

type Warning = Result['warnings'][number];

/** A run that leaves more than this share of its requests unfinished says nothing about a steady service. */
const UNFINISHED_MAX = 0.01;
/** So many latencies must lie beyond a percentile for it to be more than an anecdote. */
const TAIL_SAMPLES_MIN = 10;

/** Warnings that make an answer untrustworthy: the command exits with 3. */
export const untrustworthy: readonly string[] = ['overload'];

/** What a reader should know before believing the numbers. */
export function warningsOf(program: Program, runs: readonly PlatformRun[]): Warning[] {
  return [
    ...noRequests(runs),
    ...unheard(program),
    ...runs.flatMap((run) => overload(run)),
    ...manyFailures(program, runs),
    ...runs.flatMap((run) => fewTailSamples(program, run)),
    ...runs.flatMap((run) => surplusCredits(run)),
    ...runs.flatMap((run) => deploymentWarnings(run)),
    ...runs.flatMap((run) => noRoom(program, run)),
  ];
}

/** All platforms see the same requests: said once. */
function noRequests(runs: readonly PlatformRun[]): Warning[] {
  if (runs.some((run) => run.total!.requests.arrived > 0)) return [];
  return [
    {
      code: 'no-requests',
      message: 'no request arrived: give the traffic a higher rate, or the window more length',
    },
  ];
}

function overload(run: PlatformRun): Warning[] {
  const isUnfinished = run.unfinishedShare > UNFINISHED_MAX;
  if (!isUnfinished && !run.queueGrowing) return [];
  const percent = (run.unfinishedShare * 100).toFixed(run.unfinishedShare < 0.1 ? 1 : 0);
  const share = `${percent} % of its requests were unfinished at the end`;
  const growing = 'its queue was still growing at the end';
  const what = isUnfinished && run.queueGrowing ? `${growing}, and ${share}` : isUnfinished ? share : growing;
  return [
    {
      code: 'overload',
      platform: run.name,
      message: `${what}; give it more capacity, or simulate for longer`,
    },
  ];
}

/** What the scenario says and nothing came of. */
function unheard({ notices }: Program): Warning[] {
  return notices.map(({ code, path, message }) => {
    const [part, name] = path;
    return { code, message, ...(part === 'platforms' ? { platform: String(name) } : {}) };
  });
}

function manyFailures({ thresholds }: Program, runs: readonly PlatformRun[]): Warning[] {
  return failingRuns(runs, thresholds).map(({ run, share, kind }) => ({
    code: 'many-failures',
    platform: run.name,
    message:
      `${percentOf(share)} of its requests failed, most of them as ${kind}, and no threshold says how many ` +
      "may: give it more capacity, or add `failed: ['rate<1%']` with the rate that will do",
  }));
}

function fewTailSamples(program: Program, run: PlatformRun): Warning[] {
  const asked = program.thresholds
    .filter((each) => each.statistic === 'p' && (each.platform === undefined || each.platform === run.name))
    .map((each) => each.percentile ?? 0);
  const count = run.total!.latency.count;
  const worst = Math.max(0, ...asked);
  const beyond = (count * (100 - worst)) / 100;
  if (worst === 0 || worst === 100 || beyond >= TAIL_SAMPLES_MIN) return [];
  return [
    {
      code: 'few-tail-samples',
      platform: run.name,
      message:
        `p${worst} of ${count} requests rests on ${Math.floor(beyond)} of them; ` +
        'simulate for longer or with more replications',
    },
  ];
}

/** Hundredths of a vCPU-microsecond, as the engine counts, in an hour of a vCPU. */
const UNITS_PER_VCPU_HOUR = 100 * MICROS_PER_HOUR;
/** Less is no cost to speak of. */
const OWED_MIN_VCPU_HOURS = 0.1;

/** What burstable instances have borrowed without having been charged for it yet. */
function surplusCredits(run: PlatformRun): Warning[] {
  const owed = (run.total!.usage.cpuCreditsOwed ?? 0) / UNITS_PER_VCPU_HOUR / run.replications;
  if (owed < OWED_MIN_VCPU_HOURS) return [];
  return [
    {
      code: 'surplus-credits',
      platform: run.name,
      message:
        `its instances owed ${owed.toFixed(1)} vCPU-hours of CPU credits at the end, not on the bill: ` +
        'charged above 24 hours of earnings; simulate for days to see what they cost',
    },
  ];
}

/** Longer than a host takes to come, and than managed scaling looks on: who waits so long waits for ever. */
const NO_ROOM_MICROS = 15 * MICROS_PER_MINUTE;

/** Tasks or pods that found no place to run. */
function noRoom({ base: { windowMicros } }: Program, run: PlatformRun): Warning[] {
  const { workers, waitedMicros } = run.total!.unplaced;
  if (workers === 0 || waitedMicros < Math.min(NO_ROOM_MICROS, windowMicros / 2)) return [];
  const minutes = Math.floor(waitedMicros / MICROS_PER_MINUTE);
  return [
    {
      code: 'no-room',
      platform: run.name,
      message:
        `${workers} of its ${run.plan.capacityUnit} had no place to run when the window closed, and had ` +
        `waited for ${minutes} min: give what they run on a larger maxSize or type, or ask for less`,
    },
  ];
}
