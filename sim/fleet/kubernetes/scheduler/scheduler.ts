// Hot: hundreds of nodes are looked at for every pod. No allocation but on growth, no closures.
import type { Random } from '../../../kernel/random.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../../kernel/typed-arrays.ts';
import { feasibleNodesToFind } from './node-sampling.ts';
import { PLUGIN_WEIGHTS } from './plugin-weights.ts';
import { DEFAULT_MAX_SKEW } from './pod-topology-spread.ts';
import { MAX_NODE_SCORE, NON_ZERO_REQUESTS } from './resources.ts';

/** What the pods of one template request; 0 for what they do not name. */
export interface PodSpec {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** What a node has for pods. */
export interface NodeCapacity {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

export interface SchedulerProfile {
  /** `NodeResourcesFit`'s strategy, cpu and memory counting alike. */
  readonly strategy: 'LeastAllocated' | 'MostAllocated';
  /** Whether pods are spread over hosts and zones as those of a Deployment are by default. */
  readonly spread: boolean;
}

/** What kube-scheduler does unless it is told otherwise; on EKS it cannot be told. */
export const DEFAULT_PROFILE: SchedulerProfile = { strategy: 'LeastAllocated', spread: true };

const UNKNOWN = -2;
const UNFIT = -1;
const { cpu: NON_ZERO_CPU, memory: NON_ZERO_MEMORY } = NON_ZERO_REQUESTS as { cpu: number; memory: number };
const HOST_SKEW = DEFAULT_MAX_SKEW['kubernetes.io/hostname'] - 1;
const ZONE_SKEW = DEFAULT_MAX_SKEW['topology.kubernetes.io/zone'] - 1;

/**
 * kube-scheduler: one pod at a time, a filter, scores, and a draw among the best. It looks at nodes one after
 * the other, beginning after the last one it looked at for the pod before, until it has found as many that
 * fit as `feasibleNodesToFind` says.
 *
 * A node's score by its resources is kept until a pod comes to it or leaves it, so pods of one template cost
 * a comparison a node. Scores are those of `leastAllocatedScore`, `balancedAllocationScore` and the others,
 * which say what they mean; all pods count as matching in the spread.
 */
export class Scheduler {
  /** Pods on each node. */
  podsOn = new Int32Array(16);
  private readonly profile: SchedulerProfile;
  private readonly random: Random;
  private capacities: NodeCapacity[] = [];
  /** Nodes in the order in which they are looked at. */
  private readonly nodes: number[] = [];
  private cursor = 0;
  private cordoned = new Uint8Array(16);
  private zoneOf = new Int32Array(16);
  private podsInZone = new Int32Array(16);
  private requestedCpu = new Float64Array(16);
  private requestedMemory = new Float64Array(16);
  /** The same with what pods without requests count as. */
  private scoredCpu = new Float64Array(16);
  private scoredMemory = new Float64Array(16);
  /** By node: what its resources score for `scoredSpec`. */
  private scores = new Int32Array(16);
  private scoredSpec: PodSpec | null = null;
  private found = new Int32Array(16);

  /** @param random for ties */
  constructor(profile: SchedulerProfile, random: Random) {
    this.profile = profile;
    this.random = random;
  }

  /** A node joins. @param node its number; @param zone the number of its zone */
  add(node: number, capacity: NodeCapacity, zone: number): void {
    if (node >= this.podsOn.length) this.grow(Math.max(node + 1, this.podsOn.length * 2));
    if (zone >= this.podsInZone.length) this.podsInZone = grownInt32(this.podsInZone, zone * 2);
    this.capacities[node] = capacity;
    this.zoneOf[node] = zone;
    this.cordoned[node] = 0;
    this.podsOn[node] = 0;
    for (const column of [this.requestedCpu, this.requestedMemory, this.scoredCpu, this.scoredMemory])
      column[node] = 0;
    this.scores[node] = UNKNOWN;
    this.nodes.push(node);
  }

  /** A node leaves; it holds no pods any more. */
  remove(node: number): void {
    const place = this.nodes.indexOf(node);
    this.nodes.splice(place, 1);
    if (place < this.cursor) this.cursor--;
  }

  /** A node gets no more pods. */
  cordon(node: number): void {
    this.cordoned[node] = 1;
    this.scores[node] = UNFIT;
  }

  /** A node that was cordoned gets pods again. */
  uncordon(node: number): void {
    this.cordoned[node] = 0;
    this.scores[node] = UNKNOWN;
  }

  /**
   * Finds a node for a pod and binds it there.
   * @returns the node, or -1 when the pod fits nowhere now
   */
  place(pod: PodSpec): number {
    const found = this.findFeasible(pod);
    if (found === 0) return -1;
    const node = this.profile.spread ? this.bestOfSpread(found) : this.best(found);
    this.bind(node, pod);
    return node;
  }

  /** Whether a pod fits on a node. */
  fits(node: number, pod: PodSpec): boolean {
    const { cpuMilli, memoryBytes, pods } = this.capacities[node]!;
    return (
      this.cordoned[node] === 0 &&
      this.podsOn[node]! < pods &&
      (pod.cpuMilli === 0 || this.requestedCpu[node]! + pod.cpuMilli <= cpuMilli) &&
      (pod.memoryBytes === 0 || this.requestedMemory[node]! + pod.memoryBytes <= memoryBytes)
    );
  }

  bind(node: number, pod: PodSpec): void {
    this.account(node, pod, 1);
  }

  /** A pod has left its node. */
  release(node: number, pod: PodSpec): void {
    this.account(node, pod, -1);
  }

  private account(node: number, { cpuMilli, memoryBytes }: PodSpec, sign: number): void {
    this.podsOn[node]! += sign;
    this.podsInZone[this.zoneOf[node]!]! += sign;
    this.requestedCpu[node]! += sign * cpuMilli;
    this.requestedMemory[node]! += sign * memoryBytes;
    this.scoredCpu[node]! += sign * (cpuMilli === 0 ? NON_ZERO_CPU : cpuMilli);
    this.scoredMemory[node]! += sign * (memoryBytes === 0 ? NON_ZERO_MEMORY : memoryBytes);
    if (this.cordoned[node] === 0) this.scores[node] = UNKNOWN;
  }

  /** Fills `found` with nodes that fit. @returns how many */
  private findFeasible(pod: PodSpec): number {
    const { nodes, scores, found } = this;
    if (this.scoredSpec !== pod) {
      this.scoredSpec = pod;
      for (const node of nodes) scores[node] = this.cordoned[node] === 1 ? UNFIT : UNKNOWN;
    }
    const count = nodes.length;
    const wanted = feasibleNodesToFind(count);
    let place = this.cursor < count ? this.cursor : 0;
    let feasible = 0;
    for (let looked = 0; looked < count && feasible < wanted; looked++) {
      const node = nodes[place]!;
      if (++place === count) place = 0;
      if (scores[node] === UNKNOWN)
        scores[node] = this.fits(node, pod) ? this.resourceScore(node, pod) : UNFIT;
      if (scores[node]! >= 0) found[feasible++] = node;
    }
    this.cursor = place;
    return feasible;
  }

  /** The best by resources alone. */
  private best(count: number): number {
    const { found, scores } = this;
    let most = UNFIT;
    let ties = 0;
    for (let index = 0; index < count; index++) {
      const score = scores[found[index]!]!;
      if (score < most) continue;
      if (score > most) ties = 0;
      most = score;
      // What comes at the front is no longer needed: the best are gathered there.
      found[ties++] = found[index]!;
    }
    return this.draw(ties);
  }

  /** The best by resources and by how few pods its host and its zone have. */
  private bestOfSpread(count: number): number {
    const { found, scores } = this;
    const zones = this.countZones(count);
    const hostWeight = Math.log(count + 2);
    const zoneWeight = Math.log(zones + 2);
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let index = 0; index < count; index++) {
      const raw = this.spreadOf(found[index]!, hostWeight, zoneWeight);
      if (raw < least) least = raw;
      if (raw > most) most = raw;
    }
    let best = UNFIT;
    let ties = 0;
    for (let index = 0; index < count; index++) {
      const node = found[index]!;
      const raw = this.spreadOf(node, hostWeight, zoneWeight);
      const spread = Math.trunc((MAX_NODE_SCORE * (most + least - raw)) / most);
      const score = scores[node]! + PLUGIN_WEIGHTS.PodTopologySpread * spread;
      if (score < best) continue;
      if (score > best) ties = 0;
      best = score;
      found[ties++] = node;
    }
    return this.draw(ties);
  }

  private spreadOf(node: number, hostWeight: number, zoneWeight: number): number {
    const inZone = this.podsInZone[this.zoneOf[node]!]!;
    return Math.round(this.podsOn[node]! * hostWeight + HOST_SKEW + inZone * zoneWeight + ZONE_SKEW);
  }

  private countZones(count: number): number {
    let seen = 0;
    let zones = 0;
    for (let index = 0; index < count; index++) {
      const bit = 1 << this.zoneOf[this.found[index]!]!;
      if ((seen & bit) !== 0) continue;
      seen |= bit;
      zones++;
    }
    return zones;
  }

  private draw(ties: number): number {
    return this.found[ties === 1 ? 0 : Math.floor(this.random() * ties)]!;
  }

  /** `NodeResourcesFit` and `NodeResourcesBalancedAllocation` for a pod that fits, both weighing 1. */
  private resourceScore(node: number, pod: PodSpec): number {
    const { cpuMilli, memoryBytes } = this.capacities[node]!;
    const cpu = this.scoredCpu[node]! + (pod.cpuMilli === 0 ? NON_ZERO_CPU : pod.cpuMilli);
    const memory = this.scoredMemory[node]! + (pod.memoryBytes === 0 ? NON_ZERO_MEMORY : pod.memoryBytes);
    const isLeast = this.profile.strategy === 'LeastAllocated';
    const fit = Math.trunc((fitScore(cpu, cpuMilli, isLeast) + fitScore(memory, memoryBytes, isLeast)) / 2);
    if (pod.cpuMilli === 0 && pod.memoryBytes === 0) return fit;
    const cpuShare = Math.min(1, (this.requestedCpu[node]! + pod.cpuMilli) / cpuMilli);
    const memoryShare = Math.min(1, (this.requestedMemory[node]! + pod.memoryBytes) / memoryBytes);
    const deviation = Math.abs((cpuShare - memoryShare) / 2);
    return fit + Math.floor((1 - deviation) * MAX_NODE_SCORE);
  }

  private grow(capacity: number): void {
    this.podsOn = grownInt32(this.podsOn, capacity);
    this.cordoned = grownUint8(this.cordoned, capacity);
    this.zoneOf = grownInt32(this.zoneOf, capacity);
    this.requestedCpu = grownFloat64(this.requestedCpu, capacity);
    this.requestedMemory = grownFloat64(this.requestedMemory, capacity);
    this.scoredCpu = grownFloat64(this.scoredCpu, capacity);
    this.scoredMemory = grownFloat64(this.scoredMemory, capacity);
    this.scores = grownInt32(this.scores, capacity);
    this.found = grownInt32(this.found, capacity);
  }
}

function fitScore(requested: number, allocatable: number, isLeast: boolean): number {
  if (requested > allocatable) return isLeast ? 0 : MAX_NODE_SCORE;
  const counted = isLeast ? allocatable - requested : requested;
  return Math.trunc((counted * MAX_NODE_SCORE) / allocatable);
}
