import { z } from 'zod';
import { distributionSchema, openDistribution } from '../distributions/index.ts';
import { MICROS_PER_MS } from '../kernel/time.ts';
import { problem, ScenarioError } from '../problems/problem.ts';
import { firingTimes, readSchedule, scheduleSchema } from './schedule-expression.ts';
import { executorKey, optionalDurationKey, streamKeys, streamSpan, workloadOf } from './stream-options.ts';
import type { ArrivalProcess } from './traffic.ts';
import { trafficModel } from './traffic-model.ts';

/** More firings than anyone means: every minute for nineteen years. */
const FIRINGS_MAX = 10_000_000;

/** Firings that are all known; each brings the same number of requests. */
class Firings implements ArrivalProcess {
  private next = 0;
  private readonly times: Float64Array;
  private readonly requests: number;

  constructor(times: Float64Array, requests: number) {
    this.times = times;
    this.requests = requests;
  }

  fill(out: Float64Array, count: number): number {
    const writable = Math.min(count, this.times.length * this.requests - this.next);
    for (let index = 0; index < writable; index++) {
      out[index] = this.times[Math.floor((this.next + index) / this.requests)]!;
    }
    this.next += writable;
    return writable;
  }
}

/** Requests by the clock, as EventBridge Scheduler invokes its target. */
export const schedule = trafficModel(
  'schedule',
  z.strictObject({
    executor: executorKey('schedule', 'Requests by the clock: rate(5 minutes), cron(0 2 * * ? *).'),
    schedule: scheduleSchema,
    requests: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1)
      .meta({ description: 'How many requests come each time it fires, at once.' }),
    delay: distributionSchema.default('0s').meta({
      description:
        'How long after its time it fires, drawn each time; EventBridge Scheduler is exact to a minute.',
    }),
    duration: optionalDurationKey,
    ...streamKeys,
  }),
  (options, context) => {
    const { startMicros, durationMicros } = streamSpan(options, context);
    const span = { fromMicros: startMicros, toMicros: startMicros + durationMicros };
    const expression = readSchedule(options.schedule);
    if (expression === null) throw new Error(`unread schedule ${options.schedule}`);
    const times = firingTimes(expression, span, context.startAtEpochMs * MICROS_PER_MS, FIRINGS_MAX);
    if (times.length === FIRINGS_MAX) {
      const message = `\`${context.name}\` fires more than ${FIRINGS_MAX} times`;
      const help = 'simulate a shorter time, or use `constant-arrival-rate`';
      throw new ScenarioError([problem('too-much-detail', context.path, message, { at: 'key', help })]);
    }
    const delay = openDistribution(options.delay, [...context.path, 'delay'], context.readFile);
    const workload = workloadOf(context);
    return {
      workloads: [],
      streams: [
        {
          kind: 'open',
          name: context.name,
          workload,
          expectedRequests: times.length * options.requests,
          endMicros: span.toMicros,
          open(openRandom) {
            const random = openRandom('delay');
            const delayed = Float64Array.from(times, (time) => time + delay.sample(random));
            return new Firings(delayed.sort(), options.requests);
          },
        },
      ],
    };
  },
);
