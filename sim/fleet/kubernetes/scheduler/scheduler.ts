// Hot: hundreds of nodes are looked at for every pod. No allocation but on growth, no closures.
import type { Random } from '../../../kernel/random.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../../../kernel/typed-arrays.ts';
import { FitScore } from './fit-score.ts';
import { feasibleNodesToFind } from './node-sampling.ts';
import { PLUGIN_WEIGHTS } from './plugin-weights.ts';
import { MAX_NODE_SCORE, NON_ZERO_REQUESTS } from './resources.ts';
import type { SchedulerProfile, SpreadRule } from './scheduler-profile.ts';
import { SpreadRules } from './spread-rules.ts';

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

const UNKNOWN = -2;
const UNFIT = -1;
const { cpu: NON_ZERO_CPU, memory: NON_ZERO_MEMORY } = NON_ZERO_REQUESTS as { cpu: number; memory: number };

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
  private readonly fit: FitScore;
  private readonly rules: SpreadRules;
  private readonly wishes: SpreadWishes;
  private readonly random: Random;
  private capacities: NodeCapacity[] = [];
  /** Nodes in the order in which they are looked at. */
  private readonly nodes: number[] = [];
  private cursor = 0;
  private cordoned = new Uint8Array(16);
  zoneOf = new Int32Array(16);
  podsInZone = new Int32Array(16);
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
    this.fit = new FitScore(profile.strategy);
    this.rules = new SpreadRules(profile.spread);
    this.wishes = wishesOf(profile.spread);
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
    const { host, zone } = this.wishes;
    const node = host + zone > 0 ? this.bestOfSpread(found) : this.best(found);
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
    const isFree = this.rules.areNone;
    if (!isFree) this.rules.measure(nodes, this);
    let place = this.cursor < count ? this.cursor : 0;
    let feasible = 0;
    for (let looked = 0; looked < count && feasible < wanted; looked++) {
      const node = nodes[place]!;
      if (++place === count) place = 0;
      if (scores[node] === UNKNOWN)
        scores[node] = this.fits(node, pod) ? this.resourceScore(node, pod) : UNFIT;
      if (scores[node]! >= 0 && (isFree || this.rules.allow(node, this))) found[feasible++] = node;
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
    const hostWeight = this.wishes.host * Math.log(count + 2);
    const zoneWeight = this.wishes.zone * Math.log(zones + 2);
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
      const spread = most === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (most + least - raw)) / most);
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
    const { hostSkew, zoneSkew } = this.wishes;
    return Math.round(this.podsOn[node]! * hostWeight + hostSkew + inZone * zoneWeight + zoneSkew);
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
    const fit = this.fit.of(cpu, cpuMilli, memory, memoryBytes);
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

/** Constraints that are wishes (`ScheduleAnyway`): 1 where there is one, and its maxSkew − 1. */
interface SpreadWishes {
  readonly host: number;
  readonly hostSkew: number;
  readonly zone: number;
  readonly zoneSkew: number;
}

function wishesOf(rules: readonly SpreadRule[]): SpreadWishes {
  const wish = (key: SpreadRule['topologyKey']) =>
    rules.find((rule) => rule.topologyKey === key && rule.whenUnsatisfiable === 'ScheduleAnyway');
  const [host, zone] = [wish('kubernetes.io/hostname'), wish('topology.kubernetes.io/zone')];
  return {
    host: host === undefined ? 0 : 1,
    hostSkew: host === undefined ? 0 : host.maxSkew - 1,
    zone: zone === undefined ? 0 : 1,
    zoneSkew: zone === undefined ? 0 : zone.maxSkew - 1,
  };
}
