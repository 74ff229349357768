// Hot: called for every record. No allocation, no closures.
import type { Random } from '../../kernel/random.ts';
import type { EventTable } from './event-table.ts';

const NONE = -1;

/**
 * A part of a stream that is handled in order: the batch at its front, which the function has or is to get,
 * and the records behind it. Both are one line of the event table.
 */
export class Lane {
  /** The first record of the batch, or of all while there is no batch. */
  first = NONE;
  /** Records of the batch, and their work. */
  count = 0;
  cpu = 0;
  wait = 0;
  /** Records behind it. */
  waiting = 0;
  /** Whether there is a batch. */
  isBusy = false;
  /** How often the batch was tried again. */
  retries = 0;
  /** When it goes on; Infinity while the function has the batch, or there is nothing to do. */
  dueAt = Number.POSITIVE_INFINITY;
  /** Sizes of the halves that stand behind the batch and are batches of their own, the next one last. */
  private readonly halves: number[] = [];
  private last = NONE;
  private readonly table: EventTable;

  constructor(table: EventTable) {
    this.table = table;
  }

  append(row: number): void {
    const { next } = this.table;
    next[row] = NONE;
    if (this.first === NONE) this.first = row;
    else next[this.last] = row;
    this.last = row;
    this.waiting++;
  }

  /** Whether the next batch is a half of one that failed. */
  get isHalved(): boolean {
    return this.halves.length > 0;
  }

  /** Makes a batch of the first records. */
  gather(batchSize: number): void {
    this.count = Math.min(this.waiting, this.halves.pop() ?? batchSize);
    this.waiting -= this.count;
    this.reckon();
  }

  /** Keeps the first half of the batch, the larger; the other is the next batch. */
  halve(): void {
    const kept = Math.ceil(this.count / 2);
    this.halves.push(this.count - kept);
    this.waiting += this.count - kept;
    this.count = kept;
    this.reckon();
  }

  /** Takes the first record of the batch out. @returns its row */
  takeOfBatch(): number {
    const row = this.first;
    const { cpu, wait, next } = this.table;
    this.first = next[row]!;
    if (this.first === NONE) this.last = NONE;
    this.count--;
    this.cpu = this.count === 0 ? 0 : this.cpu - cpu[row]!;
    this.wait = this.count === 0 ? 0 : this.wait - wait[row]!;
    return row;
  }

  /** How many records of the batch come before the first that fails. */
  firstFailure(): number {
    const { fails, next } = this.table;
    let row = this.first;
    for (let index = 0; index < this.count; index++) {
      if (fails[row] === 1) return index;
      row = next[row]!;
    }
    return this.count;
  }

  /** Draws anew which records of the batch fail. */
  redraw(errorRate: number, random: Random): void {
    const { fails, next } = this.table;
    let row = this.first;
    for (let index = 0; index < this.count; index++) {
      fails[row] = errorRate > 0 && random() < errorRate ? 1 : 0;
      row = next[row]!;
    }
  }

  private reckon(): void {
    const { cpu, wait, next } = this.table;
    this.cpu = 0;
    this.wait = 0;
    let row = this.first;
    for (let index = 0; index < this.count; index++) {
      this.cpu += cpu[row]!;
      this.wait += wait[row]!;
      row = next[row]!;
    }
  }
}
