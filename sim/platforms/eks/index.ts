import type { Platform } from '../platform.ts';
import { type EksOptions, eksSchema } from './options.ts';
import { planEks } from './plan.ts';

export const eks: Platform<EksOptions> = { type: 'eks', schema: eksSchema, plan: planEks };
