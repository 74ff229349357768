import type { Platform } from '../platform.ts';
import { withDefaults } from './defaults.ts';
import { type EksOptions, eksSchema } from './options.ts';
import { planEks } from './plan.ts';

export const eks: Platform<EksOptions> = { type: 'eks', schema: eksSchema, withDefaults, plan: planEks };
