import type { Random } from '../../../kernel/random.ts';
import type { NodeAutoscaler } from '../nodes/node-autoscaler.ts';
import type { Node, NodeFleet } from '../nodes/node-fleet.ts';
import type { NodeType } from '../nodes/plan.ts';
import type { PodSpec } from '../scheduler/scheduler.ts';
import { bestOptions, type ExpandableGroup, type ExpanderName, type ExpansionOption } from './expander.ts';

/** A node group: fewest and most nodes, and what its expander looks at. */
export interface GroupLimits extends ExpandableGroup {
  readonly minSize: number;
  readonly maxSize: number;
}

/** The Cluster Autoscaler's flags and the node groups' limits; times in microseconds. */
export interface ClusterAutoscalerPlan {
  /** In the order of the fleet's types: a group has one. */
  readonly groups: readonly GroupLimits[];
  /** --expander */
  readonly expander: ExpanderName;
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
 * What could be done for pods that fit nowhere: for each group that may grow, and whose nodes have room for
 * such a pod, the nodes that would hold all of them, or as many as it may have.
 * @param sizes how many nodes each group has
 */
export function expansionOptions(
  groups: readonly GroupLimits[],
  types: readonly Pick<NodeType, 'fit'>[],
  sizes: readonly number[],
  pods: number,
): ExpansionOption[] {
  if (pods <= 0) return [];
  return groups.flatMap(({ maxSize }, group) => {
    const { fit } = types[group]!;
    if (fit === 0) return [];
    const nodes = Math.min(Math.ceil(pods / fit), maxSize - sizes[group]!);
    return nodes > 0 ? [{ group, pods: Math.min(pods, nodes * fit), nodes }] : [];
  });
}

/**
 * The Cluster Autoscaler on managed node groups. Every scan it adds as many nodes as the pods need that fit
 * nowhere, less what nodes on their way will hold, to the group that its expander chooses. A node is
 * unneeded while the pods on it request less than the threshold of its CPU and of its memory and would fit
 * elsewhere (DaemonSets count, for --ignore-daemonsets-utilization is false by default: where they take half
 * of a node it stays even when empty); after the unneeded time it is drained and removed, empty nodes ten at
 * a time, others one.
 * Source: kubernetes/autoscaler cluster-autoscaler/FAQ.md (2026-08-22).
 */
export class ClusterAutoscaler implements NodeAutoscaler {
  nextAt: number;
  private readonly plan: ClusterAutoscalerPlan;
  private readonly fleet: NodeFleet;
  private readonly pod: PodSpec;
  private readonly unneededSince = new Map<number, number>();
  private readonly drained: Node[] = [];
  private readonly draw: Random;
  private addedAt = Number.NEGATIVE_INFINITY;

  /** @param draw for groups that the expander finds alike */
  constructor(plan: ClusterAutoscalerPlan, fleet: NodeFleet, pod: PodSpec, draw: Random) {
    this.plan = plan;
    this.fleet = fleet;
    this.pod = pod;
    this.draw = draw;
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
    const options = expansionOptions(plan.groups, fleet.types, this.sizes(), short);
    const best = bestOptions(plan.expander, options, plan.groups, this.pod);
    if (best.length === 0) return;
    const { group, nodes } = best[best.length === 1 ? 0 : Math.floor(this.draw() * best.length)]!;
    for (let count = 0; count < nodes; count++) fleet.launch(group, now);
    this.addedAt = now;
  }

  /** Nodes of each group; those that are leaving are still there. */
  private sizes(): number[] {
    const sizes = this.plan.groups.map(() => 0);
    for (const { type } of this.fleet.live) sizes[type]!++;
    return sizes;
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
    const leaving = fleet.live.filter(({ state }) => state === 'draining');
    const spare = this.sizes().map((nodes, group) => nodes - plan.groups[group]!.minSize);
    for (const { type } of leaving) spare[type]!--;
    let removed = 0;
    for (const node of due) {
      if (fleet.podsOn(node) > 0 || spare[node.type]! <= 0 || removed === EMPTY_AT_ONCE) continue;
      this.remove(node);
      spare[node.type]!--;
      removed++;
    }
    if (removed > 0 || leaving.length > 0) return;
    const other = due.find((node) => fleet.podsOn(node) > 0 && spare[node.type]! > 0);
    if (other !== undefined) this.remove(other);
  }

  private remove(node: Node): void {
    this.unneededSince.delete(node.id);
    this.drained.push(node);
  }
}
