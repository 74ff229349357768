import { z } from 'zod';
import type { DistributionSpec } from '../distributions/index.ts';
import { distributionSchema, openDistribution } from '../distributions/index.ts';
import { workloadOf } from './stream-options.ts';
import type { TrafficContext, TrafficPlan, UserSpan } from './traffic.ts';

/** Each user is a stream of random numbers and a few words of memory. */
export const USERS_MAX = 100_000;

/** A whole number of users up to the most there may be. */
export function usersKey(min: number, description: string) {
  const error = `must be a whole number of users from ${min} to ${USERS_MAX}\na plain number such as \`50\``;
  return z
    .number({ error })
    .int({ error })
    .min(min, { error })
    .max(USERS_MAX, { error })
    .meta({ description });
}

export const thinkTimeKey = distributionSchema
  .meta({
    description:
      'How long a user waits between an answer and the next request: a duration or a distribution.',
  })
  .default('0s');

/** A plan of one closed stream of the context's name and workload. */
export function planUsers(
  context: TrafficContext,
  users: readonly (readonly UserSpan[])[],
  thinkTime: DistributionSpec,
  endMicros: number,
): TrafficPlan {
  return {
    workloads: [],
    streams: [
      {
        kind: 'closed',
        name: context.name,
        workload: workloadOf(context),
        users,
        thinkTime: openDistribution(thinkTime, [...context.path, 'thinkTime'], context.readFile),
        endMicros,
      },
    ],
  };
}
