import type { Platform } from '../platform.ts';
import { withDefaults } from './defaults.ts';
import { type EcsOptions, ecsSchema } from './options.ts';
import { planEcs } from './plan.ts';

export const ecs: Platform<EcsOptions> = { type: 'ecs', schema: ecsSchema, withDefaults, plan: planEcs };
