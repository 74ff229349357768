import { openRandom, type Random } from '../../../kernel/random.ts';
import { grownInt32 } from '../../../kernel/typed-arrays.ts';
import type { Observation } from '../../../observe/observation.ts';
import type { PodPlaces } from '../pods/pod-places.ts';
import type { NodeAutoscaler } from './node-autoscaler.ts';
import type { Node, NodeFleet } from './node-fleet.ts';
import { NodeLedger } from './node-ledger.ts';
import type { NodesPlan } from './plan.ts';

const NO_NODE = -1;

/** Which run it is, and of what length. */
export interface PlacesRun {
  readonly seed: number;
  readonly replication: number;
  readonly windowMicros: number;
  readonly warmupMicros: number;
}

/** Pods on nodes: the scheduler gives them their place, and an autoscaler orders and removes nodes. */
export class NodePlaces implements PodPlaces {
  readonly fleet: NodeFleet;
  private readonly plan: NodesPlan;
  private readonly autoscaler: NodeAutoscaler | null;
  private readonly ledger: NodeLedger;
  private readonly randoms: { startup: Random; pull: Random };
  private nodeOf = new Int32Array(64).fill(NO_NODE);
  private readonly evicted: number[] = [];
  private readonly lost: number[] = [];

  constructor(plan: NodesPlan, fleet: NodeFleet, autoscaler: NodeAutoscaler | null, run: PlacesRun) {
    this.plan = plan;
    this.fleet = fleet;
    this.autoscaler = autoscaler;
    this.ledger = new NodeLedger(plan, run.windowMicros, run.warmupMicros);
    this.randoms = {
      startup: openRandom(run.seed, run.replication, 'pod-startup'),
      pull: openRandom(run.seed, run.replication, 'pull'),
    };
  }

  get spans() {
    return this.fleet.spans;
  }

  get nextAt(): number {
    const scaling = this.autoscaler?.nextAt ?? Number.POSITIVE_INFINITY;
    return Math.min(this.fleet.nextAt, scaling);
  }

  step(waiting: number): void {
    const now = this.nextAt;
    if (this.fleet.nextAt === now) {
      const { lost, told } = this.fleet.step();
      for (const node of lost) this.lose(node, now);
      for (const node of told) this.give(node, now);
    } else this.autoscaler!.step(waiting);
    this.drainNodes(now);
  }

  await(waiting: number, now: number): void {
    this.autoscaler?.await(waiting, now);
    this.drainNodes(now);
  }

  claim(pod: number, now: number): boolean {
    const id = this.fleet.scheduler.place(this.plan.pod);
    if (id < 0) return false;
    this.put(pod, id, now);
    this.ledger.bind(now, 1);
    return true;
  }

  claimWarm(pod: number): boolean {
    return this.claim(pod, 0);
  }

  provisionMicros(): number {
    return this.plan.podStartup.sample(this.randoms.startup);
  }

  /** The first pod on a node pulls the image; the others find it there, or wait for that pull to end. */
  pullMicros(pod: number, now: number): number {
    const node = this.fleet.node(this.nodeOf[pod]!);
    if (node.imageAt === Number.POSITIVE_INFINITY) {
      node.imageAt = now + this.plan.pull.sample(this.randoms.pull);
    }
    return Math.max(0, node.imageAt - now);
  }

  release(pod: number, now: number): void {
    const node = this.fleet.node(this.nodeOf[pod]!);
    this.nodeOf[pod] = NO_NODE;
    this.fleet.scheduler.release(node.id, this.plan.pod);
    this.fleet.version++;
    this.ledger.bind(now, -1);
    node.changedAt = now;
    if (node.state === 'draining') this.endIfEmpty(node, now);
  }

  stopRank(pod: number): number {
    return this.fleet.scheduler.podsOn[this.nodeOf[pod]!]!;
  }

  hostOf(pod: number): { readonly id: number; readonly vcpus: number } {
    const node = this.fleet.node(this.nodeOf[pod]!);
    return { id: node.id, vcpus: this.fleet.typeOf(node).vcpus };
  }

  takeLost(): number {
    return this.lost.pop() ?? -1;
  }

  takeEvicted(): number {
    return this.evicted.pop() ?? -1;
  }

  close(observation: Observation): void {
    this.ledger.close(observation, this.fleet.spans);
  }

  private put(pod: number, id: number, now: number): void {
    if (pod >= this.nodeOf.length) {
      const known = this.nodeOf.length;
      this.nodeOf = grownInt32(this.nodeOf, Math.max(pod + 1, known * 2)).fill(NO_NODE, known);
    }
    this.nodeOf[pod] = id;
    this.fleet.node(id).changedAt = now;
    this.fleet.version++;
  }

  /** Empties the nodes that the autoscaler lets go; those that hold nothing are gone at once. */
  private drainNodes(now: number): void {
    if (this.autoscaler === null) return;
    for (let node = this.autoscaler.takeDrained(); node !== null; node = this.autoscaler.takeDrained()) {
      this.fleet.cordon(node);
      if (this.fleet.podsOn(node) === 0) this.fleet.terminate(node, now);
      else this.tellPodsOf(node, this.evicted);
    }
  }

  private endIfEmpty(node: Node, now: number): void {
    if (this.fleet.podsOn(node) === 0 && now >= node.endsAt) this.fleet.terminate(node, now);
  }

  /** A lost node that holds pods is gone as soon as they are. */
  private lose(node: Node, now: number): void {
    const isReplaced = this.fleet.isTold(node);
    this.fleet.cordon(node);
    this.tellPodsOf(node, this.lost);
    node.endsAt = now;
    this.endIfEmpty(node, now);
    if (this.plan.replacesLost && !isReplaced) this.fleet.launch(node.type, now);
  }

  /**
   * A node is given back within the two minutes of its notice. A group orders another at once and has it
   * until it is taken, Karpenter ends it when it is empty. (EKS User Guide, "Managed node groups", 2024-12:
   * Capacity Rebalancing and draining; Karpenter documentation, "Interruption", 2026-08.)
   */
  private give(node: Node, now: number): void {
    this.fleet.cordon(node);
    this.tellPodsOf(node, this.evicted);
    if (this.plan.replacesLost) {
      node.endsAt = node.dueAt;
      this.fleet.launch(node.type, now);
    }
    this.endIfEmpty(node, now);
  }

  private tellPodsOf(node: Node, pods: number[]): void {
    for (let pod = 0; pod < this.nodeOf.length; pod++) if (this.nodeOf[pod] === node.id) pods.push(pod);
  }
}
