import { z } from 'zod';
import { executorKey, optionalDurationKey, streamKeys, streamSpan } from './stream-options.ts';
import { trafficModel } from './traffic-model.ts';
import { userSpans } from './user-spans.ts';
import { planUsers, thinkTimeKey, usersKey } from './virtual-users.ts';

/** A fixed number of users who all begin at once. */
export const constantVus = trafficModel(
  'constant-vus',
  z.strictObject({
    executor: executorKey(
      'constant-vus',
      'A fixed number of users, each waiting for its answer before it asks again.',
    ),
    vus: usersKey(1, 'How many users.'),
    duration: optionalDurationKey,
    thinkTime: thinkTimeKey,
    ...streamKeys,
  }),
  (options, context) => {
    const { startMicros, durationMicros } = streamSpan(options, context);
    const users = userSpans(startMicros, options.vus, [{ durationMicros, target: options.vus }]);
    return planUsers(context, users, options.thinkTime, startMicros + durationMicros);
  },
);
