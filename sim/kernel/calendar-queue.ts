// Hot: pushed and popped for every request. No allocation but on growth, no closures.
import { EventHeap } from './event-heap.ts';
import { grownFloat64, grownInt32 } from './typed-arrays.ts';

const NONE = -1;
const DAYS_MIN = 64;
/** Days for each entry, so that most fall into the year and few share a day. */
const DAYS_PER_ENTRY = 4;
/** The calendar is looked at, and made anew if it has become too coarse or too fine, every so many pops. */
const REVIEW_POPS = 1024;

/**
 * Times of ids, earliest first, for a clock that never goes back: no entry may be earlier than the last one
 * taken.
 * Each id is in at most once. Two entries of one time leave in the order of `order[id]`.
 *
 * Entries lie in the days of a year that begins with the day of the last one taken; a day is a list, a bit
 * says whether it is empty, and what lies beyond the year waits in a heap. Days are about as long as the time
 * between two entries, so that a push and a pop cost the same however many there are (Brown, "Calendar
 * queues", CACM 31, 1988).
 */
export class CalendarQueue {
  size = 0;
  /** Time of the earliest entry; Infinity when there is none. */
  nextTime = Number.POSITIVE_INFINITY;
  /** The id of the earliest entry. Meaningless when there is none. */
  nextId = NONE;
  private order: Float64Array;
  private timeOf: Float64Array;
  private after: Int32Array;
  private days = DAYS_MIN;
  private firstOf = new Int32Array(DAYS_MIN).fill(NONE);
  private filled = new Int32Array(DAYS_MIN >> 5);
  private dayMicros = 1024;
  private perMicro = 1 / 1024;
  /** Start of the first day, and its place in the ring. */
  private yearStart = 0;
  private firstDay = 0;
  private readonly far: EventHeap;
  private popsLeft = REVIEW_POPS;
  private reviewedAt = 0;

  /** @param order by id; its owner sets it before a push, and calls `useOrder` when it has replaced it */
  constructor(order: Float64Array) {
    this.order = order;
    this.timeOf = new Float64Array(order.length);
    this.after = new Int32Array(order.length);
    this.far = new EventHeap(order);
  }

  /** The owner's column has grown. */
  useOrder(order: Float64Array): void {
    this.order = order;
    this.far.order = order;
    this.timeOf = grownFloat64(this.timeOf, order.length);
    this.after = grownInt32(this.after, order.length);
  }

  push(time: number, id: number): void {
    this.size++;
    this.timeOf[id] = time;
    this.put(time, id);
    if (time < this.nextTime || (time === this.nextTime && this.order[id]! < this.order[this.nextId]!)) {
      this.nextTime = time;
      this.nextId = id;
    }
  }

  /** Takes the earliest entry away. @returns its id. There must be one. */
  pop(): number {
    const id = this.nextId;
    const now = this.nextTime;
    this.startYearAt(now);
    this.takeOut(id);
    this.size--;
    if (--this.popsLeft === 0) this.review(now);
    this.findNext();
    return id;
  }

  private put(time: number, id: number): void {
    const ahead = (time - this.yearStart) * this.perMicro;
    if (ahead >= this.days) {
      this.far.push(time, id);
      return;
    }
    const day = (this.firstDay + (ahead | 0)) & (this.days - 1);
    this.after[id] = this.firstOf[day]!;
    this.firstOf[day] = id;
    this.filled[day >> 5]! |= 1 << (day & 31);
  }

  /** Turns the ring so that its first day is that of `now`, and lets in what now lies within the year. */
  private startYearAt(now: number): void {
    const passed = Math.floor((now - this.yearStart) * this.perMicro);
    if (passed > 0) {
      this.yearStart += passed * this.dayMicros;
      this.firstDay = passed >= this.days ? 0 : (this.firstDay + passed) & (this.days - 1);
    }
    const yearEnd = this.yearStart + this.days * this.dayMicros;
    while (this.far.nextTime < yearEnd) {
      const time = this.far.nextTime;
      this.put(time, this.far.pop());
    }
  }

  /** Takes an entry of the first day out of its list. */
  private takeOut(id: number): void {
    const day = this.firstDay;
    const { after, firstOf } = this;
    if (firstOf[day] === id) {
      firstOf[day] = after[id]!;
      if (after[id] === NONE) this.filled[day >> 5]! &= ~(1 << (day & 31));
      return;
    }
    let before = firstOf[day]!;
    while (after[before] !== id) before = after[before]!;
    after[before] = after[id]!;
  }

  private findNext(): void {
    const day = this.size === this.far.size ? NONE : this.firstFilledDay();
    if (day === NONE) {
      this.nextTime = this.far.nextTime;
      this.nextId = this.far.size > 0 ? this.far.nextId : NONE;
      return;
    }
    const { timeOf, after, order } = this;
    let earliest = this.firstOf[day]!;
    let time = timeOf[earliest]!;
    for (let id = after[earliest]!; id !== NONE; id = after[id]!) {
      if (timeOf[id]! < time || (timeOf[id] === time && order[id]! < order[earliest]!)) {
        earliest = id;
        time = timeOf[id]!;
      }
    }
    this.nextTime = time;
    this.nextId = earliest;
  }

  /** The first day of the year that is not empty. There must be one. */
  private firstFilledDay(): number {
    const { filled, firstDay } = this;
    const words = filled.length;
    let word = firstDay >> 5;
    let bits = filled[word]! & (-1 << (firstDay & 31));
    while (bits === 0) {
      word = word + 1 === words ? 0 : word + 1;
      bits = filled[word]!;
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }

  /** Days are to be about as long as the time between two pops of late, and four times as many as entries. */
  private review(now: number): void {
    const gap = (now - this.reviewedAt) / REVIEW_POPS;
    this.popsLeft = REVIEW_POPS;
    this.reviewedAt = now;
    let dayMicros = 1;
    while (dayMicros < gap) dayMicros *= 2;
    let days = DAYS_MIN;
    while (days < this.size * DAYS_PER_ENTRY) days *= 2;
    const isApt = dayMicros <= this.dayMicros * 2 && this.dayMicros <= dayMicros * 2;
    if (isApt && days <= this.days * 2 && this.days <= days * 4) return;
    this.rebuild(now, days, dayMicros);
  }

  private rebuild(now: number, days: number, dayMicros: number): void {
    const ids: number[] = [];
    for (const first of this.firstOf) for (let id = first; id !== NONE; id = this.after[id]!) ids.push(id);
    this.days = days;
    this.dayMicros = dayMicros;
    this.perMicro = 1 / dayMicros;
    this.firstOf = new Int32Array(days).fill(NONE);
    this.filled = new Int32Array(days >> 5);
    this.firstDay = 0;
    this.yearStart = now;
    for (const id of ids) this.put(this.timeOf[id]!, id);
    this.startYearAt(now);
  }
}
