import { EntryHeap } from '../../../kernel/entry-heap.ts';
import { openRandom, type Random } from '../../../kernel/random.ts';
import type { TypedSpans } from '../../../observe/observation.ts';
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
}

/** The nodes of a cluster through their lives: ordered, running, ready, drained, gone. */
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
  private ordered = 0;

  constructor(plan: NodesPlan, seed: number, replication: number) {
    this.plan = plan;
    const random = (purpose: string) => openRandom(seed, replication, purpose);
    this.randoms = { pending: random('node-pending'), boot: random('node-boot') };
    this.scheduler = new Scheduler({ strategy: 'LeastAllocated', spread: true }, random('scheduler'));
  }

  get types(): readonly NodeType[] {
    return this.plan.types;
  }

  get nextAt(): number {
    return this.lifecycle.nextTime;
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
    this.expect(node, now + this.plan.pending.sample(this.randoms.pending));
    return node;
  }

  /** A node that was ready before the window began, with the image on it. */
  addWarm(type: number): Node {
    const node = this.create(type, 0);
    this.run(node, 0);
    this.join(node, 0);
    node.readyAt = Number.NEGATIVE_INFINITY;
    node.imageAt = Number.NEGATIVE_INFINITY;
    return node;
  }

  /** Carries out the change that is due at `nextAt`. */
  step(): void {
    const now = this.lifecycle.nextTime;
    const node = this.byId[this.lifecycle.pop()]!;
    if (node.dueAt !== now) return;
    node.dueAt = Number.POSITIVE_INFINITY;
    if (node.state === 'pending') {
      this.run(node, now);
      node.state = 'booting';
      this.expect(node, now + this.plan.boot.sample(this.randoms.boot));
    } else if (node.state === 'booting') {
      this.join(node, now);
    }
  }

  /** A node takes no more pods. */
  cordon(node: Node): void {
    if (node.state !== 'ready') return;
    node.state = 'draining';
    this.scheduler.cordon(node.id);
    this.version++;
  }

  /** Ends an instance; a node that is there holds no pods any more. */
  terminate(node: Node, now: number): void {
    if (node.state === 'ready' || node.state === 'draining') this.scheduler.remove(node.id);
    if (node.span >= 0) this.spans.endMicros[node.span] = now;
    node.state = 'gone';
    node.dueAt = Number.POSITIVE_INFINITY;
    this.live.splice(this.live.indexOf(node), 1);
    this.freeIds.push(node.id);
    this.version++;
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
    };
    this.byId[id] = node;
    this.order[id] = this.ordered++;
    this.live.push(node);
    this.version++;
    return node;
  }

  private run(node: Node, now: number): void {
    node.span = this.spans.startMicros.length;
    this.spans.startMicros.push(now);
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
    this.spans.types.push(node.type);
  }

  private join(node: Node, now: number): void {
    node.state = 'ready';
    node.readyAt = now;
    node.changedAt = now;
    this.scheduler.add(node.id, this.typeOf(node).capacity, this.order[node.id]! % this.plan.zones);
    this.version++;
  }

  private expect(node: Node, at: number): void {
    node.dueAt = at;
    this.lifecycle.push(at, node.id, this.order[node.id]!);
  }
}
