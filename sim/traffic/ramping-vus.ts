import { z } from 'zod';
import { problem, ScenarioError } from '../problems/problem.ts';
import { durationMicros } from '../units/duration.ts';
import { durationKey, executorKey, streamKeys } from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';
import { userSpans } from './user-spans.ts';
import { planUsers, thinkTimeKey, USERS_MAX, usersKey } from './virtual-users.ts';

const STAGES_MAX = 10_000;
/** Comings and goings of all users together. */
const CHANGES_MAX = 2_000_000;

/**
 * A number of users that goes from target to target in straight lines. As k6's executor, whose `startVUs` is
 * 1 too.
 */
export const rampingVus = trafficModel(
  'ramping-vus',
  z.strictObject({
    executor: executorKey('ramping-vus', 'A number of users that changes in stages.'),
    startVUs: usersKey(0, 'How many users begin at once, at the start.').default(1),
    stages: z
      .array(
        z.strictObject({
          duration: durationKey('How long the number takes to its target; 0s is a step.'),
          target: usersKey(0, 'How many users there are at the end of the stage.'),
        }),
      )
      .min(1)
      .max(STAGES_MAX)
      .meta({ description: 'Stages that follow each other, each a straight line to its target.' }),
    thinkTime: thinkTimeKey,
    ...streamKeys,
  }),
  (options, context) => {
    const startMicros = durationMicros(options.startTime);
    const stages = options.stages.map(({ duration, target }) => ({
      durationMicros: durationMicros(duration),
      target,
    }));
    const changes = stages.reduce(
      (sum, { target }, i) => sum + Math.abs(target - (stages[i - 1]?.target ?? 0)),
      0,
    );
    if (changes > CHANGES_MAX) {
      const help = `fewer stages, or fewer than ${USERS_MAX} users`;
      throw new ScenarioError([
        problem(
          'too-much-detail',
          [...context.path, 'stages'],
          'users come and go more than two million times',
          { help },
        ),
      ]);
    }
    const total = stages.reduce((sum, stage) => sum + stage.durationMicros, 0);
    const users = userSpans(startMicros, options.startVUs, stages);
    return planUsers(context, users, options.thinkTime, startMicros + total);
  },
);
