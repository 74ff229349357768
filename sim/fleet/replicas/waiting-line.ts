/** Tasks or pods that wait for a place to run, first come first served. */
export class WaitingLine {
  length = 0;
  private workers: number[] = [];
  /** When each joined the line. */
  private joinedAt: number[] = [];
  private from = 0;

  /** The worker that has waited longest. Meaningless when none waits. */
  get first(): number {
    return this.workers[this.from]!;
  }

  append(worker: number, now: number): void {
    this.workers.push(worker);
    this.joinedAt.push(now);
    this.length++;
  }

  /** Takes the first one away. The line must not be empty. */
  shift(): number {
    const worker = this.workers[this.from++]!;
    this.length--;
    if (this.from * 2 > this.workers.length) {
      this.workers = this.workers.slice(this.from);
      this.joinedAt = this.joinedAt.slice(this.from);
      this.from = 0;
    }
    return worker;
  }

  /** Takes one away from wherever it stands; mostly the last. */
  remove(worker: number): void {
    const place = this.workers.lastIndexOf(worker);
    this.workers.splice(place, 1);
    this.joinedAt.splice(place, 1);
    this.length--;
  }

  /** How many wait, and for how long the first of them has, in microseconds. */
  unplacedAt(now: number): { workers: number; waitedMicros: number } {
    return { workers: this.length, waitedMicros: this.length === 0 ? 0 : now - this.joinedAt[this.from]! };
  }
}
