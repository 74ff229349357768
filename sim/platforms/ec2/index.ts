import type { Platform } from '../platform.ts';
import { withDefaults } from './defaults.ts';
import { type Ec2Options, ec2Schema } from './options.ts';
import { planEc2 } from './plan.ts';

export const ec2: Platform<Ec2Options> = {
  type: 'ec2',
  schema: ec2Schema,
  withDefaults,
  plan: planEc2,
};
