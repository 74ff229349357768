import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import { DRAINING, GONE, IN_SERVICE } from './worker-group.ts';

/** Ordered, not yet running, not billed. */
export const PENDING = 1;
/** Running, billed, not yet serving. */
export const BOOTING = 2;

/** What is known of each instance, by number, and when instances ran. Numbers are used again. */
export abstract class InstanceColumns {
  /** Requests that each instance holds, in service and waiting; kept by the engine. */
  outstanding = new Int32Array(0);
  state = new Uint8Array(0);
  inServiceSince = new Float64Array(0);
  runningSince = new Float64Array(0);
  /** How many instances were ordered before: of several at one instant, the older comes first. */
  created = new Float64Array(0);
  /** When the instance's next change is due: entries of other times are stale. */
  dueAt = new Float64Array(0);
  /** The running span; −1 while there is none. */
  spanOf = new Int32Array(0);
  /** The instance has come from the pool: its start is the pool's, and a running span goes on. */
  isFromPool = new Uint8Array(0);
  /** The instance is never going to answer. */
  isFailing = new Uint8Array(0);
  /** Instances ever given a number are below. */
  used = 0;
  /** From running to gone, of every instance that ran; Infinity for those that still do. */
  readonly spans: WorkerSpans = { startMicros: [], endMicros: [], isSpot: [] };
  private readonly free: number[] = [];
  private ordered = 0;

  /** Told when there is more room than before. */
  protected abstract onGrown(capacity: number): void;

  /** A number for the next instance. */
  protected openSlot(): number {
    const instance = this.free.pop() ?? this.used++;
    if (instance >= this.state.length) this.makeRoom(this.state.length * 2);
    this.created[instance] = this.ordered++;
    this.isFromPool[instance] = 0;
    this.isFailing[instance] = 0;
    this.spanOf[instance] = -1;
    return instance;
  }

  protected closeSlot(instance: number): void {
    this.state[instance] = GONE;
    this.dueAt[instance] = Number.POSITIVE_INFINITY;
    this.free.push(instance);
  }

  protected openSpan(now: number, isSpot: boolean): number {
    this.spans.isSpot!.push(isSpot);
    this.spans.endMicros.push(Number.POSITIVE_INFINITY);
    return this.spans.startMicros.push(now) - 1;
  }

  protected closeSpan(span: number, now: number): void {
    this.spans.endMicros[span] = now;
  }

  protected isStarting(instance: number): boolean {
    return this.state[instance] === PENDING || this.state[instance] === BOOTING;
  }

  countInService(): number {
    let count = 0;
    for (let instance = 0; instance < this.used; instance++) if (this.isInService(instance)) count++;
    return count;
  }

  protected countStarting(): number {
    let count = 0;
    for (let instance = 0; instance < this.used; instance++) if (this.isStarting(instance)) count++;
    return count;
  }

  /** The last one ordered of those that start; −1 when none does. */
  protected newestStarting(): number {
    let newest = -1;
    for (let instance = 0; instance < this.used; instance++) {
      if (!this.isStarting(instance)) continue;
      if (newest < 0 || this.created[instance]! > this.created[newest]!) newest = instance;
    }
    return newest;
  }

  /** Whether an instance runs or starts, and is not on its way out. */
  isStaying(instance: number): boolean {
    return this.state[instance] !== GONE && this.state[instance] !== DRAINING;
  }

  isInService(instance: number): boolean {
    return this.state[instance] === IN_SERVICE;
  }

  protected makeRoom(capacity: number): void {
    this.outstanding = grownInt32(this.outstanding, capacity);
    this.state = grownUint8(this.state, capacity);
    this.inServiceSince = grownFloat64(this.inServiceSince, capacity);
    this.runningSince = grownFloat64(this.runningSince, capacity);
    this.created = grownFloat64(this.created, capacity);
    this.dueAt = grownFloat64(this.dueAt, capacity);
    this.spanOf = grownInt32(this.spanOf, capacity);
    this.isFromPool = grownUint8(this.isFromPool, capacity);
    this.isFailing = grownUint8(this.isFailing, capacity);
    this.onGrown(capacity);
  }
}
