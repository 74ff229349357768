import { grownFloat64, grownInt32, grownUint8 } from '../../kernel/typed-arrays.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import { DRAINING, GONE, IN_SERVICE } from '../replicas/worker-group.ts';
import type { RollingUpdate, UpdateView } from './rolling-update.ts';

/** What is known of each task, by number, and when tasks ran. Numbers are used again. */
export abstract class TaskColumns {
  /** Requests that each task holds, in service and waiting; kept by the engine. */
  outstanding = new Int32Array(0);
  state = new Uint8Array(0);
  /** Tasks ever given a number are below. */
  used = 0;
  protected inServiceSince = new Float64Array(0);
  /** How many tasks were ordered before. */
  protected created = new Float64Array(0);
  /** When the task's next change is due, and its notice of interruption: entries of other times are stale. */
  protected dueAt = new Float64Array(0);
  protected noticeAt = new Float64Array(0);
  /** Which task definition the task has. */
  protected revision = new Int32Array(0);
  /** From the start of the image pull to the end, of every task that got so far. */
  protected readonly taskSpans: WorkerSpans = { startMicros: [], endMicros: [] };
  private spanOf = new Int32Array(0);

  /** Tasks that are not being stopped. */
  protected present(): number {
    let count = 0;
    for (let task = 0; task < this.used; task++)
      if (this.state[task] !== GONE && this.state[task] !== DRAINING) count++;
    return count;
  }

  /**
   * The service as an update sees it; tasks of other definitions that serve, oldest first, and those that do
   * not serve yet.
   */
  protected survey(update: RollingUpdate, desired: number, now: number) {
    const old: number[] = [];
    const early: number[] = [];
    let [healthy, fresh] = [0, 0];
    for (let task = 0; task < this.used; task++) {
      const state = this.state[task];
      if (state === GONE || state === DRAINING) continue;
      const isHealthy = state === IN_SERVICE && now - this.inServiceSince[task]! >= update.plan.healthyMicros;
      if (this.revision[task] === update.revision) {
        fresh++;
        if (isHealthy) healthy++;
      } else if (state === IN_SERVICE) {
        old.push(task);
      } else {
        early.push(task);
      }
    }
    old.sort((a, b) => this.created[a]! - this.created[b]!);
    const view: UpdateView = { desired, oldInService: old.length, old: old.length, healthy, fresh };
    return { view, old, early };
  }

  protected openSpan(task: number, now: number): void {
    this.spanOf[task] = this.taskSpans.startMicros.length;
    this.taskSpans.startMicros.push(now);
    this.taskSpans.endMicros.push(Number.POSITIVE_INFINITY);
  }

  protected closeSpan(task: number, now: number): void {
    this.taskSpans.endMicros[this.spanOf[task]!] = now;
  }

  protected growColumns(capacity: number): void {
    this.outstanding = grownInt32(this.outstanding, capacity);
    this.state = grownUint8(this.state, capacity);
    this.spanOf = grownInt32(this.spanOf, capacity);
    this.dueAt = grownFloat64(this.dueAt, capacity);
    this.noticeAt = grownFloat64(this.noticeAt, capacity);
    this.inServiceSince = grownFloat64(this.inServiceSince, capacity);
    this.revision = grownInt32(this.revision, capacity);
    this.created = grownFloat64(this.created, capacity);
  }
}
