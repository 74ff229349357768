import type { NodeAutoscaler } from '../nodes/node-autoscaler.ts';
import type { Node, NodeFleet } from '../nodes/node-fleet.ts';
import type { PodSpec } from '../scheduler/scheduler.ts';

/** The Cluster Autoscaler's flags and the node group's limits; times in microseconds. */
export interface ClusterAutoscalerPlan {
  readonly minSize: number;
  readonly maxSize: number;
  /** --scan-interval */
  readonly scanMicros: number;
  /** --scale-down-unneeded-time */
  readonly unneededMicros: number;
  /** --scale-down-utilization-threshold */
  readonly utilizationThreshold: number;
  /** --scale-down-delay-after-add */
  readonly delayAfterAddMicros: number;
}

/** --max-empty-bulk-delete (kubernetes/autoscaler cluster-autoscaler/FAQ.md, 2026-08-22). */
const EMPTY_AT_ONCE = 10;

/**
 * The Cluster Autoscaler on one managed node group. Every scan it adds as many nodes as the pods need that
 * fit nowhere, less what nodes on their way will hold. A node is unneeded while the pods on it request less
 * than the threshold of its CPU and of its memory and would fit elsewhere (DaemonSets count, for
 * --ignore-daemonsets-utilization is false by default: where they take half of a node it stays even when
 * empty); after the unneeded time it is drained and removed, empty nodes ten at a time, others one.
 *
 * One group of one type leaves its expander (least-waste by default) no choice.
 * Source: kubernetes/autoscaler cluster-autoscaler/FAQ.md (2026-08-22).
 */
export class ClusterAutoscaler implements NodeAutoscaler {
  nextAt: number;
  private readonly plan: ClusterAutoscalerPlan;
  private readonly fleet: NodeFleet;
  private readonly pod: PodSpec;
  private readonly unneededSince = new Map<number, number>();
  private readonly drained: Node[] = [];
  private addedAt = Number.NEGATIVE_INFINITY;

  constructor(plan: ClusterAutoscalerPlan, fleet: NodeFleet, pod: PodSpec) {
    this.plan = plan;
    this.fleet = fleet;
    this.pod = pod;
    this.nextAt = plan.scanMicros;
  }

  step(waiting: number): void {
    const now = this.nextAt;
    this.nextAt += this.plan.scanMicros;
    if (waiting > 0) this.scaleUp(waiting, now);
    this.noteUnneeded(now);
    if (now - this.addedAt >= this.plan.delayAfterAddMicros) this.scaleDown(now);
  }

  await(): void {}

  takeDrained(): Node | null {
    return this.drained.pop() ?? null;
  }

  private scaleUp(waiting: number, now: number): void {
    const { fleet, plan } = this;
    const coming = fleet.live.filter(({ state }) => state === 'pending' || state === 'booting');
    const short = waiting - coming.reduce((sum, node) => sum + fleet.freeSlots(node), 0);
    const needed = Math.ceil(short / fleet.types[0]!.fit);
    const added = Math.min(needed, plan.maxSize - fleet.live.length);
    for (let count = 0; count < added; count++) fleet.launch(0, now);
    if (added > 0) this.addedAt = now;
  }

  private noteUnneeded(now: number): void {
    const { unneededSince, fleet } = this;
    for (const node of fleet.live) {
      if (!this.isUnneeded(node)) unneededSince.delete(node.id);
      else if (!unneededSince.has(node.id)) unneededSince.set(node.id, now);
    }
    for (const id of unneededSince.keys()) if (fleet.node(id).state === 'gone') unneededSince.delete(id);
  }

  private isUnneeded(node: Node): boolean {
    if (node.state !== 'ready') return false;
    const isBelow = this.utilization(node) < this.plan.utilizationThreshold;
    return isBelow && this.fleet.podsOn(node) <= this.roomBeside(node);
  }

  /** The larger share that is requested of CPU and memory, by DaemonSets too. */
  private utilization(node: Node): number {
    const { fleet, pod } = this;
    const { capacity, daemons } = fleet.typeOf(node);
    const pods = fleet.podsOn(node);
    const share = (name: 'cpuMilli' | 'memoryBytes') =>
      (pods * pod[name] + daemons[name]) / (capacity[name] + daemons[name]);
    return Math.max(share('cpuMilli'), share('memoryBytes'));
  }

  private roomBeside(node: Node): number {
    const { fleet } = this;
    return fleet.live.reduce(
      (sum, other) => sum + (other !== node && other.state === 'ready' ? fleet.freeSlots(other) : 0),
      0,
    );
  }

  private scaleDown(now: number): void {
    const { fleet, plan, unneededSince } = this;
    const due = fleet.live.filter(
      ({ id, state }) => state === 'ready' && now - (unneededSince.get(id) ?? now) >= plan.unneededMicros,
    );
    const leaving = fleet.live.filter(({ state }) => state === 'draining').length;
    let spare = fleet.live.length - leaving - plan.minSize;
    const empty = due.filter((node) => fleet.podsOn(node) === 0).slice(0, Math.min(EMPTY_AT_ONCE, spare));
    for (const node of empty) this.remove(node);
    spare -= empty.length;
    const other = due.find((node) => fleet.podsOn(node) > 0);
    if (empty.length === 0 && other !== undefined && spare > 0 && leaving === 0) this.remove(other);
  }

  private remove(node: Node): void {
    this.unneededSince.delete(node.id);
    this.drained.push(node);
  }
}
