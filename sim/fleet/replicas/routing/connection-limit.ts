// Hot: `pick` and `load` run for every request.
import { grownInt32 } from '../../../kernel/typed-arrays.ts';
import type { Router } from './router.ts';

/**
 * Passes over instances that hold as many requests as they may have connections, whatever the algorithm
 * (nginx `max_conns`, HAProxy `maxconn` without a queue). When all do, the request is refused.
 */
export class ConnectionLimit implements Router {
  private readonly inner: Router;
  private readonly connectionsMax: number;
  private readonly instances: number[] = [];
  private outstanding = new Int32Array(16);
  /** Instances in service that have no connection left. */
  private full = 0;

  constructor(inner: Router, connectionsMax: number) {
    this.inner = inner;
    this.connectionsMax = connectionsMax;
  }

  add(instance: number, now: number): void {
    if (instance >= this.outstanding.length) {
      this.outstanding = grownInt32(this.outstanding, Math.max(instance + 1, 2 * this.outstanding.length));
    }
    this.outstanding[instance] = 0;
    this.instances.push(instance);
    this.inner.add(instance, now);
  }

  remove(instance: number): void {
    const place = this.instances.indexOf(instance);
    if (place < 0) return;
    this.instances.splice(place, 1);
    if (this.isFull(instance)) this.full--;
    this.outstanding[instance] = -1;
    this.inner.remove(instance);
  }

  pick(now: number): number {
    const { instances } = this;
    if (this.full === instances.length) return -1;
    for (let tries = 0; tries < instances.length; tries++) {
      const instance = this.inner.pick(now);
      if (!this.isFull(instance)) return instance;
    }
    return instances.find((instance) => !this.isFull(instance))!;
  }

  load(instance: number, outstanding: number): void {
    if (instance >= this.outstanding.length) return;
    this.inner.load(instance, outstanding);
    // One that has left still ends what it began, and counts no more.
    if (this.outstanding[instance]! < 0) return;
    const wasFull = this.isFull(instance);
    this.outstanding[instance] = outstanding;
    this.full += Number(this.isFull(instance)) - Number(wasFull);
  }

  private isFull(instance: number): boolean {
    return this.outstanding[instance]! >= this.connectionsMax;
  }
}
