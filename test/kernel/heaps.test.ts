import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHeap } from '../../sim/kernel/event-heap.ts';
import { IndexedHeap } from '../../sim/kernel/indexed-heap.ts';

/** Few different times, so that ties are many; null takes the earliest out. */
const steps = fc.array(fc.option(fc.nat({ max: 9 }), { freq: 2 }), { maxLength: 300 });

describe('EventHeap', () => {
  it('gives back what a sorted array gives: earliest first, ties in the order of `order`', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (pushes, ranks) => {
        const order = Float64Array.from(pushes, () => ranks.next().value);
        const heap = new EventHeap(order, 2);
        let sorted: { time: number; id: number }[] = [];
        pushes.forEach((time, id) => {
          if (time !== null) {
            heap.push(time, id);
            sorted.push({ time, id });
          } else if (sorted.length > 0) {
            expect(heap.nextTime).toBe(sorted[0]!.time);
            expect(order[heap.nextId]).toBe(order[sorted[0]!.id]);
            const popped = heap.pop();
            sorted = sorted.filter((each) => each.id !== popped);
          }
          sorted.sort((a, b) => a.time - b.time || order[a.id]! - order[b.id]!);
          expect(heap.size).toBe(sorted.length);
          expect(heap.nextTime).toBe(sorted[0]?.time ?? Number.POSITIVE_INFINITY);
        });
        const rest = sorted.map(() => order[heap.pop()]);
        expect(rest).toEqual(sorted.map(({ id }) => order[id]));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('keeps entries of one id that came at different times apart', () => {
    const heap = new EventHeap(Float64Array.of(0, 1));
    heap.push(7, 0);
    heap.push(3, 0);
    heap.push(3, 1);
    expect([heap.pop(), heap.pop(), heap.pop()]).toEqual([0, 1, 0]);
    expect(heap.nextTime).toBe(Number.POSITIVE_INFINITY);
  });
});

interface Change {
  readonly id: number;
  /** null takes the id out. */
  readonly key: number | null;
}

describe('IndexedHeap', () => {
  const ids = 12;
  const change: fc.Arbitrary<Change> = fc.record({
    id: fc.nat({ max: ids - 1 }),
    key: fc.option(fc.nat({ max: 5 }), { freq: 4 }),
  });

  it('knows the smallest key of a map whose keys are set, changed and withdrawn', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const heap = new IndexedHeap(2);
        heap.grow(ids);
        const keys = new Map<number, { key: number; order: number }>();
        changes.forEach(({ id, key }, turn) => {
          if (key === null) {
            heap.remove(id);
            keys.delete(id);
          } else {
            heap.order[id] = turn;
            heap.set(id, key);
            keys.set(id, { key, order: turn });
          }
          const first = [...keys].sort(([, a], [, b]) => a.key - b.key || a.order - b.order)[0];
          expect(heap.size).toBe(keys.size);
          expect(heap.has(id)).toBe(key !== null);
          expect(heap.nextKey).toBe(first?.[1].key ?? Number.POSITIVE_INFINITY);
          if (first !== undefined) expect(heap.nextId).toBe(first[0]);
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
