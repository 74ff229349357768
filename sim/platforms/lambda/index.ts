import type { Platform } from '../platform.ts';
import { withDefaults } from './defaults.ts';
import { type LambdaOptions, lambdaSchema } from './options.ts';
import { planLambda } from './plan.ts';

export const lambda: Platform<LambdaOptions> = {
  type: 'lambda',
  schema: lambdaSchema,
  withDefaults,
  plan: planLambda,
};
