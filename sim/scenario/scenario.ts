import type { ReservedInstanceSpec, SavingsPlanSpec } from '../billing/index.ts';
import type { DistributionSpec } from '../distributions/index.ts';
import type { FaultSpec } from './faults.ts';
import type { RetriesSpec } from './retries-schema.ts';

/**
 * A stream of traffic as written, defaults filled in; its executor's own schema says which other keys there
 * are.
 */
export interface StreamSpec {
  readonly executor: string;
  /** Which kind of request; absent where there is only one or a trace brings its own. */
  readonly workload?: string;
}

/** A platform as written, defaults filled in; its type's own schema says which other keys there are. */
export interface PlatformSpec {
  readonly type: string;
}

/** A kind of request as written, defaults filled in. */
export interface WorkloadSpec {
  readonly cpu: DistributionSpec;
  readonly wait: DistributionSpec;
  readonly memory?: string;
  readonly threads: number;
  readonly payload: { readonly in: string; readonly out: string };
  readonly timeout: string;
  readonly queueTimeout: DistributionSpec | 'none';
  readonly errorRate: number;
  readonly retries: RetriesSpec | 'none';
}

/**
 * A valid scenario file with every default filled in and every value as written: units stay texts. It is what
 * `validate --resolved` prints. Maps by name have no prototype, so that any name can be looked up safely.
 */
export interface Scenario {
  readonly version: 1;
  readonly name: string;
  readonly description?: string;
  readonly region: string;
  readonly seed: number;
  readonly replications: number;
  readonly duration?: string;
  readonly startAt: string;
  readonly warmup: string;
  readonly billing: {
    readonly month: string;
    readonly freeTier: boolean | readonly string[];
    readonly egress: 'none' | 'internet';
    readonly savingsPlans: readonly SavingsPlanSpec[];
    readonly reservedInstances: readonly ReservedInstanceSpec[];
    readonly prices: Readonly<Record<string, string>>;
  };
  readonly workload?: WorkloadSpec;
  readonly workloads?: Readonly<Record<string, WorkloadSpec>>;
  readonly traffic: Readonly<Record<string, StreamSpec>>;
  readonly platforms: Readonly<Record<string, PlatformSpec>>;
  readonly faults: readonly FaultSpec[];
  readonly thresholds: Readonly<Record<string, readonly string[]>>;
}
