import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalendarQueue } from '../../sim/kernel/calendar-queue.ts';
import { EntryHeap } from '../../sim/kernel/entry-heap.ts';
import { EventHeap } from '../../sim/kernel/event-heap.ts';
import { HeapPool } from '../../sim/kernel/heap-pool.ts';
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

describe('HeapPool', () => {
  it('works as one EventHeap for each of its heaps, also while they are added and grow', () => {
    const moves = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.option(fc.nat({ max: 9 }), { freq: 3 })), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(moves, (moves) => {
        const order = Float64Array.from(moves, (_, id) => (id * 7) % 400);
        const pool = new HeapPool(order);
        const heaps: EventHeap[] = [];
        moves.forEach(([heap, time], id) => {
          while (heaps.length <= heap) heaps.push(new EventHeap(order, 2));
          if (heaps.length > pool.size.length) pool.grow(heaps.length);
          if (time !== null) {
            pool.push(heap, time, id);
            heaps[heap]!.push(time, id);
          } else if (heaps[heap]!.size > 0) {
            expect(pool.pop(heap)).toBe(heaps[heap]!.pop());
          }
          expect(heaps.map((_, each) => pool.nextTimeOf(each))).toEqual(heaps.map((each) => each.nextTime));
          expect([...pool.size]).toEqual(heaps.map((each) => each.size));
        });
        heaps.forEach((each, heap) => {
          while (each.size > 0) expect(pool.pop(heap)).toBe(each.pop());
        });
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});

describe('EntryHeap', () => {
  it('gives back what a sorted array gives, also where one id has many entries of different ranks', () => {
    const pushes = fc.array(fc.option(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 4 })), { freq: 2 }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(pushes, (pushes) => {
        const heap = new EntryHeap();
        let sorted: { time: number; id: number; rank: number }[] = [];
        pushes.forEach((push, rank) => {
          if (push !== null) {
            heap.push(push[0], push[1], rank);
            sorted.push({ time: push[0], id: push[1], rank });
          } else if (sorted.length > 0) {
            expect([heap.nextTime, heap.nextRank]).toEqual([sorted[0]!.time, sorted[0]!.rank]);
            expect(heap.pop()).toBe(sorted[0]!.id);
            sorted = sorted.slice(1);
          }
          sorted.sort((a, b) => a.time - b.time || a.rank - b.rank);
        });
        expect(sorted.map(() => heap.pop())).toEqual(sorted.map(({ id }) => id));
        expect(heap.nextTime).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('CalendarQueue', () => {
  /** How far ahead of the clock an entry lies: a day, a year, far beyond; null takes the earliest out. */
  const ahead = fc.option(
    fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 5_000 }), fc.nat({ max: 1e7 }), fc.nat({ max: 1e12 })),
    { freq: 3 },
  );

  it('gives back what a sorted array gives, as its days are made longer and shorter', () => {
    fc.assert(
      fc.property(
        fc.array(ahead, { minLength: 200, maxLength: 6_000 }),
        fc.nat({ max: 1e13 }),
        (pushes, start) => {
          const order = new Float64Array(64);
          let ranks = order;
          const queue = new CalendarQueue(order);
          const heap = new EventHeap(ranks);
          const free: number[] = [];
          let [clock, used, pushed] = [start, 0, 0];
          for (const micros of pushes) {
            if (micros !== null) {
              const id = free.pop() ?? used++;
              if (id >= ranks.length) {
                const grown = new Float64Array(ranks.length * 2);
                grown.set(ranks);
                ranks = grown;
                heap.order = ranks;
                queue.useOrder(ranks);
              }
              ranks[id] = pushed++;
              queue.push(clock + micros, id);
              heap.push(clock + micros, id);
            } else if (heap.size > 0) {
              clock = heap.nextTime;
              const id = heap.pop();
              expect(queue.pop()).toBe(id);
              free.push(id);
            }
            expect(queue.size).toBe(heap.size);
            expect(queue.nextTime).toBe(heap.nextTime);
            if (heap.size > 0) expect(queue.nextId).toBe(heap.nextId);
          }
        },
      ),
      { numRuns: 150, seed: 2 },
    );
  });

  it('agrees with the heap on a steady stream of thousands, through a change of pace', () => {
    const order = new Float64Array(4_096);
    const queue = new CalendarQueue(order);
    const heap = new EventHeap(order);
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >>> 8;
    };
    for (let id = 0; id < 4_000; id++) {
      const time = next() % 100_000;
      order[id] = id;
      queue.push(time, id);
      heap.push(time, id);
    }
    for (let turn = 0; turn < 50_000; turn++) {
      const now = heap.nextTime;
      const id = heap.pop();
      expect(queue.pop()).toBe(id);
      order[id] = 4_000 + turn;
      const time = now + (next() % (turn < 25_000 ? 100_000 : 900));
      queue.push(time, id);
      heap.push(time, id);
    }
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
