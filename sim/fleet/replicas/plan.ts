import type { Distribution } from '../../distributions/distribution.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { ScalingPlan } from '../scaling/auto-scaler.ts';
import type { ProcessorPlan, Processors } from './processors.ts';
import type { PurchasePlan } from './purchase-mix.ts';
import type { RoutingPlan } from './routing/router.ts';
import type { TerminationPolicy } from './termination.ts';
import type { WarmPoolPlan } from './warm-pool.ts';
import type { GroupParts, WorkerGroup } from './worker-group.ts';

/** What one worker, an instance or a container, has for its requests. */
export interface WorkerPlan extends ProcessorPlan {
  /** Share of its vCPUs that a worker can count on while its neighbours are busy; default all. */
  readonly sustainedShare?: number;
  /** vCPUs that CPU utilisation is told against; default all that a worker may use. */
  readonly reservedVcpus?: number;
  /** Requests in service at once, and waiting beyond them; Infinity for no limit. */
  readonly concurrency: number;
  readonly backlog: number;
}

/** One kind of instance, in numbers. */
export interface InstancePlan extends WorkerPlan {
  /** From the order to the running state, then to the application's answer. */
  readonly pending: Distribution;
  readonly boot: Distribution;
  readonly applicationStart: Distribution;
  /** How long a leaving instance may finish what it began. */
  readonly deregistrationMicros: number;
}

/** How the number of instances is steered. */
export interface GroupPlan extends ScalingPlan {
  readonly initial: number;
  /** Whether the initial instances are in service at t = 0 or are ordered then. */
  readonly warm: boolean;
  /** A new instance counts as capacity at once, but in the metric only after this long in service. */
  readonly warmupMicros: number;
  /** Absent: all on demand. */
  readonly purchase?: PurchasePlan | null;
}

/** Workers that serve many requests each and are started and stopped by a controller. */
export interface ReplicasPlan {
  readonly program: ProgramBase;
  readonly instance: WorkerPlan;
  readonly group: GroupPlan;
  /** How a request finds its worker. */
  readonly routing: RoutingPlan;
  readonly frontDoorMicros: number;
  /** The group that stands behind the requests, at t = 0. */
  openGroup(replication: number, parts: GroupParts): WorkerGroup;
  /** A controller in place of the group's policies. */
  openScaler?(
    group: WorkerGroup,
    processors: Processors,
    recorder: Recorder,
    queue: WorkerQueue | null,
  ): Scaler;
}

/** A queue that the workers read, as those see it who steer their number. */
export interface WorkerQueue {
  /** ApproximateNumberOfMessages: those that can be received. */
  readonly visible: number;
  /** ApproximateNumberOfMessagesNotVisible: those that were received and are neither deleted nor back. */
  readonly notVisible: number;
  /** Those that could be received, over time: level × microseconds by bin. */
  readonly waitingArea: Float64Array;
}

/** What steers the number of workers. */
export interface Scaler {
  /** When there is next something to do; Infinity for never. */
  readonly nextAt: number;
  /** Carries out what is due at `nextAt`; the processors' accounts are up to date. */
  tick(): void;
  /** Whether there could still be more workers than so many. */
  canGrow(capacity: number): boolean;
}

/** How the instances of a group are placed, kept ready, checked and chosen to leave. */
export interface InstanceGroupPlan extends GroupPlan {
  /** Names of the Availability Zones, at least one. */
  readonly zones: readonly string[];
  /** Which instance of a zone leaves: by the first that tells two apart. */
  readonly terminationPolicies: readonly TerminationPolicy[];
  readonly warmPool: WarmPoolPlan | null;
  /** Share of launches that never answer, and for how long after it runs an instance is not checked. */
  readonly startFailureRate: number;
  readonly healthCheckGraceMicros: number;
}

/** Workers that are instances of their own. */
export interface InstancesPlan extends ReplicasPlan {
  readonly instance: InstancePlan;
  readonly group: InstanceGroupPlan;
}
