import type { Platform } from '../platform.ts';
import { type EcsOptions, ecsSchema } from './options.ts';
import { planEcs } from './plan.ts';

export const ecs: Platform<EcsOptions> = { type: 'ecs', schema: ecsSchema, plan: planEcs };
