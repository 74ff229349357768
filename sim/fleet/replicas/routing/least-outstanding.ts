// Hot: `pick` and `load` run for every request.
import { IndexedHeap } from '../../../kernel/indexed-heap.ts';
import type { Router } from './router.ts';

/** The one with the fewest requests; of several, the one whose number has stood longest. */
export class LeastOutstanding implements Router {
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
