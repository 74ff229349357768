// Hot: `pick` runs once for every request.
import { IndexedHeap } from '../../kernel/indexed-heap.ts';
import type { Random } from '../../kernel/random.ts';
import type { Routing } from './plan.ts';

/** Chooses among the instances in service. */
export interface Router {
  add(instance: number): void;
  remove(instance: number): void;
  /** @returns the instance that gets the next request, or -1 when none is in service */
  pick(): number;
  /** The number of requests that an instance holds has changed. */
  load(instance: number, outstanding: number): void;
}

/** @param random used by weighted_random only */
export function openRouter(routing: Routing, random: Random): Router {
  switch (routing) {
    case 'round_robin':
      return new RoundRobin();
    case 'least_outstanding_requests':
      return new LeastOutstanding();
    case 'weighted_random':
      return new EqualRandom(random);
  }
}

/** One after the other, in the order in which they came into service. */
class RoundRobin implements Router {
  private readonly instances: number[] = [];
  private cursor = 0;

  add(instance: number): void {
    this.instances.push(instance);
  }

  remove(instance: number): void {
    const place = this.instances.indexOf(instance);
    if (place < 0) return;
    this.instances.splice(place, 1);
    if (place < this.cursor) this.cursor--;
  }

  pick(): number {
    if (this.instances.length === 0) return -1;
    if (this.cursor >= this.instances.length) this.cursor = 0;
    return this.instances[this.cursor++]!;
  }

  load(): void {}
}

/** The one with the fewest requests; of several, the one whose number has stood longest. */
class LeastOutstanding implements Router {
  private readonly heap = new IndexedHeap(16);
  private changes = 0;

  add(instance: number): void {
    while (instance >= this.heap.order.length) this.heap.grow(this.heap.order.length * 2);
    this.heap.order[instance] = this.changes++;
    this.heap.set(instance, 0);
  }

  remove(instance: number): void {
    if (instance < this.heap.order.length) this.heap.remove(instance);
  }

  pick(): number {
    return this.heap.size === 0 ? -1 : this.heap.nextId;
  }

  load(instance: number, outstanding: number): void {
    if (instance >= this.heap.order.length || !this.heap.has(instance)) return;
    this.heap.order[instance] = this.changes++;
    this.heap.set(instance, outstanding);
  }
}

/** Any, with equal weights. */
class EqualRandom implements Router {
  private readonly instances: number[] = [];
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  add(instance: number): void {
    this.instances.push(instance);
  }

  remove(instance: number): void {
    const place = this.instances.indexOf(instance);
    if (place >= 0) this.instances.splice(place, 1);
  }

  pick(): number {
    if (this.instances.length === 0) return -1;
    return this.instances[Math.floor(this.random() * this.instances.length)]!;
  }

  load(): void {}
}
