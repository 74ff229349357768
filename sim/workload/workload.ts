import type { Distribution } from '../distributions/distribution.ts';

/** What one request of a kind needs, on any platform. Compiled from `workload` or brought by a trace. */
export interface WorkloadPlan {
  readonly name: string;
  /** CPU time on one reference vCPU (the vCPU of an x86 Lambda at 1,769 MB). */
  readonly cpu: Distribution;
  /** Time spent waiting for others; uses no CPU. */
  readonly wait: Distribution;
  /** What one running copy of the program needs, in bytes; 0 where the scenario does not say. */
  readonly memoryBytes: number;
  /** How many vCPUs one request can use at once. */
  readonly threads: number;
  readonly payloadInBytes: number;
  readonly payloadOutBytes: number;
  /** The client gives up after this long, waiting or served; Infinity for never. */
  readonly timeoutMicros: number;
  /** Patience while waiting only, drawn for each request; null for endless. */
  readonly patience: Distribution | null;
  /** Share of requests whose code fails, in [0, 1]. */
  readonly errorRate: number;
  /** How clients send again what failed; null when they do not. */
  readonly retries: RetryPlan | null;
}

/** How clients send a failed request again. */
export interface RetryPlan {
  /** Tries in all, the first among them. */
  readonly attempts: number;
  /** The longest wait before the second try, before the third, and so on. */
  readonly backoffMicros: readonly number[];
  /** The share of that wait which chance may take off: 1 all of it, 0 nothing. */
  readonly jitter: number;
  /** Kinds of failure after which a request is sent again. */
  readonly on: ReadonlySet<string>;
}
