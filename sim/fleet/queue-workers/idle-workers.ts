// Hot: called for every message. No allocation but on growth, no closures.
import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { Router } from '../replicas/routing/router.ts';

const NONE = -1;

/**
 * Workers in service that have room for a message, in the order in which they asked for one: a poll that
 * waits longest gets what comes next. A worker that gets a message and has room for more asks again, behind
 * the others. Groups tell it who comes into service and who leaves, as they tell a load balancer.
 */
export class IdleWorkers implements Router {
  /** The worker that has waited longest; −1 when none waits. */
  first = NONE;
  /** Polls that returned without a message. */
  emptyReceives = 0;
  /** What time it is while the group changes. */
  now = 0;
  private readonly waitMicros: number;
  private last = NONE;
  private next = new Int32Array(16);
  private previous = new Int32Array(16);
  private isWaiting = new Uint8Array(16);
  private since = new Float64Array(16);

  /** @param waitMicros how long a poll waits for a message before the worker asks again */
  constructor(waitMicros: number) {
    this.waitMicros = waitMicros;
  }

  /** A worker comes into service: it holds nothing yet. */
  add(worker: number, now: number): void {
    if (worker >= this.since.length) this.grow(worker);
    this.append(worker, now);
  }

  /** A worker asks for no more messages. */
  remove(worker: number): void {
    if (worker < this.since.length && this.isWaiting[worker] === 1) this.end(worker, this.now);
  }

  pick(): number {
    return this.first;
  }

  load(): void {}

  /** The poll of a worker has returned with messages. @param isFull it has no room for more */
  received(worker: number, now: number, isFull: boolean): void {
    this.end(worker, now);
    if (!isFull) this.append(worker, now);
  }

  /** A worker in service has room for a message. */
  freed(worker: number, now: number): void {
    if (this.isWaiting[worker] === 0) this.append(worker, now);
  }

  /** The window closes: counts what those that still wait have asked for. */
  close(now: number): void {
    while (this.first !== NONE) this.end(this.first, now);
  }

  private append(worker: number, now: number): void {
    const { last } = this;
    this.isWaiting[worker] = 1;
    this.since[worker] = now;
    this.next[worker] = NONE;
    this.previous[worker] = last;
    if (last === NONE) this.first = worker;
    else this.next[last] = worker;
    this.last = worker;
  }

  private end(worker: number, now: number): void {
    const before = this.previous[worker]!;
    const after = this.next[worker]!;
    if (before === NONE) this.first = after;
    else this.next[before] = after;
    if (after === NONE) this.last = before;
    else this.previous[after] = before;
    this.isWaiting[worker] = 0;
    const waited = now - this.since[worker]!;
    if (waited >= this.waitMicros) this.emptyReceives += Math.floor(waited / this.waitMicros);
  }

  private grow(worker: number): void {
    const capacity = Math.max(worker + 1, this.since.length * 2);
    this.next = grownInt32(this.next, capacity);
    this.previous = grownInt32(this.previous, capacity);
    this.isWaiting = grownUint8(this.isWaiting, capacity);
    this.since = grownFloat64(this.since, capacity);
  }
}
