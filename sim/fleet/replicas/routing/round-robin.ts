// Hot: `pick` runs once for every request.
import type { Router } from './router.ts';

/** One after the other, in the order in which they came into service. */
export class RoundRobin implements Router {
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
