import type { Distribution } from '../../distributions/distribution.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { ProvisionedPlan } from './provisioned-plan.ts';
import type { RampPlan } from './request-ramp.ts';
import type { ThrottlePlan } from './request-throttle.ts';
import type { BucketPlan } from './token-buckets.ts';

/** One function of an on-demand pool, in numbers. It serves the workload of the same index. */
export interface FunctionPlan {
  /** Microseconds of service for one microsecond of CPU work on a reference vCPU. */
  readonly serviceMicrosPerCpuMicro: number;
  /** No invocation takes less, however short its service: its response leaves no faster. */
  readonly leastServiceMicros: number;
  /** The part of a start that is not billed, then the part that is. */
  readonly setup: Distribution;
  readonly init: Distribution;
  /**
   * Restoring a snapshot, in place of init; only so much of it is billed. Null where environments are
   * initialised.
   */
  readonly restore: { readonly duration: Distribution; readonly billedMicros: number } | null;
  /** Share of invocations that end the process. */
  readonly crashRate: number;
  /** Share of environments that are initialised before the request that needs them. */
  readonly proactiveShare: number;
  /** An init that takes longer is stopped after this, and done again inside the first invocation. */
  readonly initLimitMicros: number;
  /** How long an idle environment is kept; null for ever. */
  readonly idle: Distribution | null;
  /** Age at which an environment is recycled; Infinity for never. */
  readonly maxAgeMicros: number;
  /** The platform stops an invocation after this long. */
  readonly timeoutMicros: number;
  /**
   * Concurrency reserved for the function, its ceiling too, provisioned environments included; null when it
   * shares the account's.
   */
  readonly reservedConcurrency: number | null;
  /** Environments that are kept ready; null for none. */
  readonly provisioned: ProvisionedPlan | null;
}

/**
 * A pool of environments that each serve one request at a time and are started by the requests that need
 * them.
 */
export interface OnDemandPlan {
  readonly program: ProgramBase;
  readonly functions: readonly FunctionPlan[];
  /** Concurrency of the account; Infinity for no limit. */
  readonly accountConcurrency: number;
  /** What of it is left for functions without a reservation, their provisioned environments included. */
  readonly sharedConcurrency: number;
  /** Requests that a unit of concurrency stands for, in all; null for no limit. */
  readonly requestsPerMicroPerConcurrency: number | null;
  /** How fast each function may grow; null for no limit. */
  readonly scalingRate: { readonly starts: BucketPlan; readonly requests: RampPlan } | null;
  /** What the front door adds to every latency. */
  readonly frontDoorMicros: number;
  /** What the front door lets through, and counts; null where it does neither. */
  readonly frontDoorThrottle: ThrottlePlan | null;
}
