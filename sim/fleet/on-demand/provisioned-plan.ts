import type { Distribution } from '../../distributions/distribution.ts';
import type { TargetTrackingRule } from '../scaling/target-tracking.ts';

/** From a time on so many environments are provisioned. */
export interface ProvisionedChange {
  readonly atMicros: number;
  readonly capacity: number;
}

/** Application Auto Scaling moves the number of provisioned environments. */
export interface ProvisionedTracking {
  readonly min: number;
  readonly max: number;
  readonly periodMicros: number;
  /** Whether a data point is the mean of a period or its highest. */
  readonly statistic: 'Average' | 'Maximum';
  readonly rule: TargetTrackingRule;
  /** One step in keeps at least this share of what is provisioned. */
  readonly keptShare: number;
}

/** Environments that are kept ready for a function, whether requests come or not. */
export interface ProvisionedPlan {
  /** How many are provisioned at t = 0, and whether they are ready then or are asked for. */
  readonly initial: number;
  readonly warm: boolean;
  /** In order of time, all within the window and after t = 0. */
  readonly schedule: readonly ProvisionedChange[];
  readonly tracking: ProvisionedTracking | null;
  /** From asking to the start of the allocation; then so many at `perMicro`, usable when all are there. */
  readonly delay: Distribution;
  readonly perMicro: number;
  /** Requests that each of them stands for, in all: what comes faster spills over. Null for no limit. */
  readonly requestsPerMicroEach: number | null;
  /** What initialising one of them takes; billed when it happens inside the window. */
  readonly init: Distribution;
}
