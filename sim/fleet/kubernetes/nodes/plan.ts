import type { Distribution } from '../../../distributions/distribution.ts';
import type { ZoneFault } from '../../../workload/program.ts';
import type { NodeCapacity, PodSpec } from '../scheduler/scheduler.ts';
import type { SchedulerProfile } from '../scheduler/scheduler-profile.ts';

/** An instance type as a node. */
export interface NodeType {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryBytes: number;
  readonly usdPerHour: number;
  /** What is left for the Deployment's pods: allocatable, less what DaemonSets take. */
  readonly capacity: NodeCapacity;
  /** What DaemonSets request of it. */
  readonly daemons: PodSpec;
  /** How many pods of the Deployment fit on an empty node. */
  readonly fit: number;
  /** How long a Spot node runs until it is told that AWS wants it back; null for an on-demand one. */
  readonly timeToNotice: Distribution | null;
}

/** Nodes of one cluster, in numbers. */
export interface NodesPlan {
  readonly types: readonly NodeType[];
  readonly pod: PodSpec;
  readonly scheduler: SchedulerProfile;
  /** vCPUs that a pod can use, and the share of them that it has on a node full of busy pods. */
  readonly podVcpus: number;
  readonly sustainedShare: number;
  /** Letters of the Availability Zones that nodes are spread over, and what happens to zones. */
  readonly zones: readonly string[];
  readonly faults: readonly ZoneFault[];
  /**
   * Whether a node that is lost, or told to go, is replaced by its group; else its pods, pending again, make
   * the autoscaler do it.
   */
  readonly replacesLost: boolean;
  readonly isSpot: boolean;
  /** From the order to the running state (not billed), then to the node's condition Ready. */
  readonly pending: Distribution;
  readonly boot: Distribution;
  /** From a pod's binding to the start of its image pull. */
  readonly podStartup: Distribution;
  /** The image pull on a node that has not got it. */
  readonly pull: Distribution;
}

/** How many pods of one template fit on an empty node. */
export function podsThatFit(capacity: NodeCapacity, pod: PodSpec): number {
  const byCpu = pod.cpuMilli === 0 ? capacity.pods : Math.floor(capacity.cpuMilli / pod.cpuMilli);
  const byMemory = pod.memoryBytes === 0 ? capacity.pods : Math.floor(capacity.memoryBytes / pod.memoryBytes);
  return Math.max(0, Math.min(capacity.pods, byCpu, byMemory));
}
