// Hot: `pick` runs once for every request.
import type { Router } from './router.ts';

/** What an instance must be owed to be given a request; a rounding below 1. */
const DUE = 1 - 1e-9;

/**
 * Round robin in which the share of a new instance grows linearly from nothing to a full one. An instance
 * that finds none beside it with a full share begins with one: slow start needs a healthy target that is not
 * in it (Elastic Load Balancing, "Target groups for your Application Load Balancers", slow start mode, 2026).
 *
 * When an instance leaves, the oldest of the others has a full share at once, so that there always is one.
 *
 * In each round an instance is owed its share of a request, and gets one when it is owed a whole one.
 */
export class SlowStart implements Router {
  private readonly slowMicros: number;
  private readonly instances: number[] = [];
  /** By place in `instances`: since when its share grows; requests that it is owed. */
  private readonly since: number[] = [];
  private readonly owed: number[] = [];
  private cursor = 0;
  /** When the last came that found none beside it; those of the same instant do not start slowly either. */
  private beganAt = -1;

  constructor(slowMicros: number) {
    this.slowMicros = slowMicros;
  }

  add(instance: number, now: number): void {
    if (!this.since.some((since) => now - since >= this.slowMicros)) this.beganAt = now;
    this.instances.push(instance);
    this.since.push(now === this.beganAt ? Number.NEGATIVE_INFINITY : now);
    this.owed.push(0);
  }

  remove(instance: number): void {
    const place = this.instances.indexOf(instance);
    if (place < 0) return;
    for (const each of [this.instances, this.since, this.owed]) each.splice(place, 1);
    if (place < this.cursor) this.cursor--;
    const oldest = Math.min(...this.since);
    if (this.since.length > 0) this.since[this.since.indexOf(oldest)] = Number.NEGATIVE_INFINITY;
  }

  pick(now: number): number {
    const { instances, owed } = this;
    if (instances.length === 0) return -1;
    for (;;) {
      const place = this.next();
      const age = now - this.since[place]!;
      owed[place]! += age >= this.slowMicros ? 1 : age / this.slowMicros;
      if (owed[place]! < DUE) continue;
      owed[place]!--;
      return instances[place]!;
    }
  }

  load(): void {}

  private next(): number {
    if (this.cursor >= this.instances.length) this.cursor = 0;
    return this.cursor++;
  }
}
