import { constantDistribution } from '../../../distributions/constant.ts';
import { EntryHeap } from '../../../kernel/entry-heap.ts';
import { openRandom, type Random } from '../../../kernel/random.ts';
import type { TypedSpans } from '../../../observe/observation.ts';
import { SpotFleet } from '../../replicas/spot-fleet.ts';
import { ZoneWatch } from '../../replicas/zone-watch.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import type { NodesPlan, NodeType } from './plan.ts';

export type NodeState = 'pending' | 'booting' | 'ready' | 'draining' | 'gone';

/** One node of the cluster; times in microseconds, Infinity for what has not come. */
export interface Node {
  readonly id: number;
  readonly type: number;
  state: NodeState;
  readonly orderedAt: number;
  readyAt: number;
  /** When a pod last came or left. */
  changedAt: number;
  /** When it has the image: what is bound to it earlier waits for the pull. */
  imageAt: number;
  span: number;
  dueAt: number;
  /** Whether it is in a zone; one that is ordered waits while there is none. */
  hasZone: boolean;
  /** Emptied before that, it runs on: its instance is taken then. */
  endsAt: number;
}

/** What has become of nodes by a change. */
export interface NodeChange {
  /** Gone with all that they held. */
  readonly lost: readonly Node[];
  /** To be taken away in two minutes. */
  readonly told: readonly Node[];
}

const NO_CHANGE: NodeChange = { lost: [], told: [] };

const ALL_SPOT = {
  onDemandBaseCapacity: 0,
  onDemandPercentageAboveBaseCapacity: 0,
  timeToNotice: constantDistribution(0),
  replacesAtNotice: true,
};

/**
 * The nodes of a cluster through their lives: ordered, running, ready, drained, gone. A new one goes to the
 * zone with fewest, as in an Auto Scaling group (Amazon EC2 Auto Scaling User Guide, "Instance
 * distribution", 2023-05; Karpenter's choice is the fleet's where no pod asks for a zone).
 */
export class NodeFleet {
  readonly spans: TypedSpans = { startMicros: [], endMicros: [], types: [] };
  /** Nodes that are ordered or there, oldest first. */
  readonly live: Node[] = [];
  readonly scheduler: Scheduler;
  /** Rises with everything that could make another decision about nodes right. */
  version = 0;
  private readonly plan: NodesPlan;
  private readonly byId: Node[] = [];
  private readonly order = new Float64Array(1 << 16);
  private readonly lifecycle = new EntryHeap();
  private readonly randoms: { pending: Random; boot: Random };
  private readonly freeIds: number[] = [];
  private readonly watch: ZoneWatch;
  private readonly spot: SpotFleet;
  private ordered = 0;

  constructor(plan: NodesPlan, seed: number, replication: number) {
    this.plan = plan;
    this.watch = new ZoneWatch(plan.zones, plan.faults);
    this.watch.zones.grow(this.order.length);
    const random = (purpose: string) => openRandom(seed, replication, purpose);
    this.spot = new SpotFleet(plan.isSpot ? ALL_SPOT : null, random('interruption'));
    this.spot.grow(this.order.length, this.order);
    this.randoms = { pending: random('node-pending'), boot: random('node-boot') };
    this.scheduler = new Scheduler(plan.scheduler, random('scheduler'));
  }

  get types(): readonly NodeType[] {
    return this.plan.types;
  }

  get nextAt(): number {
    return Math.min(this.lifecycle.nextTime, this.watch.nextAt, this.spot.nextNoticeAt);
  }

  get isSpot(): boolean {
    return this.plan.isSpot;
  }

  /** Whether AWS has told that it wants a node back. */
  isTold(node: Node): boolean {
    return this.spot.takenFrom(node.id) < Number.POSITIVE_INFINITY;
  }

  node(id: number): Node {
    return this.byId[id]!;
  }

  typeOf(node: Node): NodeType {
    return this.plan.types[node.type]!;
  }

  /** Pods of the Deployment that are on a node. */
  podsOn(node: Node): number {
    return node.state === 'pending' || node.state === 'booting' ? 0 : this.scheduler.podsOn[node.id]!;
  }

  /** Places for pods that a node has or will have; none when it is being drained. */
  freeSlots(node: Node): number {
    return node.state === 'draining' ? 0 : this.typeOf(node).fit - this.podsOn(node);
  }

  /** Orders a node. */
  launch(type: number, now: number): Node {
    const node = this.create(type, now);
    this.start(node, now);
    return node;
  }

  /** A node that was ready before the window began, with the image on it. */
  addWarm(type: number): Node {
    const node = this.create(type, 0);
    this.enterZone(node);
    this.run(node, 0);
    this.join(node, 0);
    node.readyAt = Number.NEGATIVE_INFINITY;
    node.imageAt = Number.NEGATIVE_INFINITY;
    return node;
  }

  /** Carries out the change that is due at `nextAt`. */
  step(): NodeChange {
    const now = this.nextAt;
    if (now === this.watch.nextAt) return this.changeZones(now);
    if (now === this.spot.nextNoticeAt) return this.notice(now);
    const node = this.byId[this.lifecycle.pop()]!;
    if (node.dueAt !== now) return NO_CHANGE;
    node.dueAt = Number.POSITIVE_INFINITY;
    if (this.isTold(node)) return { lost: [node], told: [] };
    if (node.state === 'pending') {
      this.run(node, now);
      node.state = 'booting';
      this.expect(node, now + this.plan.boot.sample(this.randoms.boot));
    } else if (node.state === 'booting') {
      this.join(node, now);
    }
    return NO_CHANGE;
  }

  /** A node takes no more pods. */
  cordon(node: Node): void {
    if (node.state !== 'ready') return;
    node.state = 'draining';
    this.scheduler.cordon(node.id);
    this.version++;
  }

  /** A node that was cordoned takes pods again. */
  uncordon(node: Node): void {
    if (node.state !== 'draining' || this.isTold(node) || this.watch.zones.isLostWith(node.id)) return;
    node.state = 'ready';
    this.scheduler.uncordon(node.id);
    this.version++;
  }

  /** Ends an instance; a node that is there holds no pods any more. */
  terminate(node: Node, now: number): void {
    if (node.state === 'ready' || node.state === 'draining') this.scheduler.remove(node.id);
    if (node.span >= 0) this.spans.endMicros[node.span] = now;
    if (node.hasZone) this.watch.zones.leave(node.id);
    this.spot.end(node.id);
    node.state = 'gone';
    node.dueAt = Number.POSITIVE_INFINITY;
    this.live.splice(this.live.indexOf(node), 1);
    this.freeIds.push(node.id);
    this.version++;
  }

  /** The zone that is lost takes its nodes; one that is there again takes those that had none. */
  private changeZones(now: number): NodeChange {
    if (!this.watch.step()) {
      for (const node of this.live) if (!node.hasZone) this.start(node, now);
      return NO_CHANGE;
    }
    const lost = this.live.filter((node) => node.hasZone && this.watch.zones.isLostWith(node.id));
    return { lost, told: [] };
  }

  private notice(now: number): NodeChange {
    const id = this.spot.takeNotice();
    if (id < 0) return NO_CHANGE;
    const node = this.byId[id]!;
    this.expect(node, this.spot.take(id, now));
    return { lost: [], told: [node] };
  }

  private start(node: Node, now: number): void {
    if (!this.watch.zones.canLaunch) return;
    this.enterZone(node);
    this.expect(node, now + this.plan.pending.sample(this.randoms.pending));
  }

  private enterZone(node: Node): void {
    this.watch.zones.order(node.id);
    node.hasZone = true;
  }

  private create(type: number, now: number): Node {
    const id = this.freeIds.shift() ?? this.byId.length;
    const node: Node = {
      id,
      type,
      state: 'pending',
      orderedAt: now,
      readyAt: Number.POSITIVE_INFINITY,
      changedAt: now,
      imageAt: Number.POSITIVE_INFINITY,
      span: -1,
      dueAt: Number.POSITIVE_INFINITY,
      hasZone: false,
      endsAt: Number.NEGATIVE_INFINITY,
    };
    this.byId[id] = node;
    this.order[id] = this.ordered++;
    this.spot.order(id);
    this.live.push(node);
    this.version++;
    return node;
  }

  private run(node: Node, now: number): void {
    node.span = this.spans.startMicros.length;
    this.spans.startMicros.push(now);
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
    this.spans.types.push(node.type);
    const { timeToNotice } = this.typeOf(node);
    if (timeToNotice !== null) this.spot.run(node.id, now, timeToNotice);
  }

  private join(node: Node, now: number): void {
    node.state = 'ready';
    node.readyAt = now;
    node.changedAt = now;
    this.scheduler.add(node.id, this.typeOf(node).capacity, this.watch.zones.of(node.id));
    this.version++;
  }

  private expect(node: Node, at: number): void {
    node.dueAt = at;
    this.lifecycle.push(at, node.id, this.order[node.id]!);
  }
}
