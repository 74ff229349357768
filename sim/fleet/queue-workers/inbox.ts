// Hot: called for every message. No allocation but on growth, no closures.
import { openRandom, type Random } from '../../kernel/random.ts';
import { grownFloat64, grownUint8 } from '../../kernel/typed-arrays.ts';
import { Level } from '../../observe/level.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import { MessageLine } from '../event-sources/message-line.ts';
import { ERROR, INTERRUPTED, MessageQueue, NOT_DONE, TIMED_OUT } from '../event-sources/message-queue.ts';
import type { WorkerQueue } from '../replicas/plan.ts';
import type { WorkerQueuePlan } from './plan.ts';
import { WorkerRequests } from './worker-requests.ts';

const NONE = -1;
/** Waiting for less of the window than this is not worth telling. */
const SHORT_SHARE = 0.01;

/**
 * A standard queue of Amazon SQS as workers share it (Amazon SQS Developer Guide, visibility timeout and
 * dead-letter queues; API, ReceiveMessage and DeleteMessage, 2026). A message that was received is hidden for
 * its visibility timeout. Who is through with it in time deletes it; what failed, or was lost with its
 * worker, comes back by itself. So does what takes longer, and another worker receives it: from then on the
 * first one's receipt is void, and its end deletes nothing.
 */
export class Inbox implements WorkerQueue {
  /** When a message comes back, or becomes too old; Infinity when none does. */
  nextAt = Number.POSITIVE_INFINITY;
  readonly waitingArea: Float64Array;
  readonly requests: WorkerRequests;
  private readonly queue: MessageQueue;
  /** Those that were received, first received first: every one is hidden for as long as the next. */
  private readonly hidden = new MessageLine();
  private readonly recorder: Recorder;
  private readonly latencyMicros: number;
  private readonly windowMicros: number;
  private readonly errorRates: readonly number[];
  private readonly randoms: readonly Random[];
  private readonly waiting: Level;
  /** By message: the receipt that was given last, and whether its holder is still busy with it. */
  private receipts = new Float64Array(0);
  private isHeld = new Uint8Array(0);
  private held = 0;
  /** For how long the limit of messages in flight kept idle workers from others, and since when it does. */
  private fullMicros = 0;
  private fullSince = Number.POSITIVE_INFINITY;

  /** @param latencyMicros that the front door adds */
  constructor(
    plan: WorkerQueuePlan,
    program: ProgramBase,
    replication: number,
    recorder: Recorder,
    latencyMicros: number,
  ) {
    const { workloads, seed, stepMicros, warmupMicros } = program;
    this.queue = new MessageQueue(plan.queue);
    this.requests = new WorkerRequests(program);
    this.recorder = recorder;
    this.latencyMicros = latencyMicros;
    this.windowMicros = program.windowMicros;
    this.errorRates = workloads.map(({ errorRate }) => errorRate);
    this.randoms = workloads.map(({ name }) => openRandom(seed, replication, 'retry-fails', name));
    this.waitingArea = new Float64Array(recorder.observation.series.bins);
    this.waiting = new Level(this.waitingArea, stepMicros, warmupMicros);
    recorder.observation.deadLetters = 0;
    this.grow();
  }

  get visible(): number {
    return this.queue.visible;
  }

  get notVisible(): number {
    return this.queue.notVisible;
  }

  send(now: number, head: RequestHead): void {
    const row = this.queue.send(now, head, 0);
    if (this.queue.table.capacity > this.receipts.length) this.grow();
    this.receipts[row] = NONE;
    this.requests.sent(head.workload);
  }

  /** Whether a worker that asks now receives a message. */
  canReceive(now: number): boolean {
    const { queue } = this;
    for (let row = queue.overdue(now); row !== NONE; row = queue.overdue(now)) this.giveUp(row, now);
    return queue.canReceive;
  }

  /** A worker receives the first message, see `canReceive`. @returns its row, for the time being */
  receive(now: number, receipt: number): number {
    const { queue, recorder } = this;
    const { table } = queue;
    const row = queue.receive(now);
    const workload = table.workload[row]!;
    this.hidden.append(row);
    this.receipts[row] = receipt;
    this.isHeld[row] = 1;
    this.held++;
    this.requests.received(workload);
    recorder.invoked(now);
    if (table.tries[row]! > 1) recorder.triedAgain();
    return row;
  }

  /** What a message needs. */
  get messages(): MessageQueue['table'] {
    return this.queue.table;
  }

  /** A worker is through with what it received as `receipt`, and deletes it. */
  done(now: number, row: number, receipt: number): void {
    const { queue, recorder } = this;
    this.requests.deleted();
    if (this.receipts[row] !== receipt) return;
    const sentAt = queue.table.sentAt[row]!;
    const answeredAt = now + this.latencyMicros;
    if (answeredAt > this.windowMicros) {
      recorder.cutOff();
    } else {
      recorder.send(queue.table.workload[row]!);
      recorder.complete(sentAt, answeredAt - sentAt);
    }
    this.receipts[row] = NONE;
    if (this.isHeld[row] === 1) {
      this.letGo(row);
      this.hidden.remove(row);
      queue.delete(row);
    } else {
      queue.deleteVisible(row);
    }
  }

  /** Its code failed: the message comes back when its visibility timeout is over. */
  failed(row: number, receipt: number): void {
    if (this.receipts[row] === receipt) this.leave(row, ERROR);
  }

  /** The worker that held it is gone. */
  lost(row: number, receipt: number): void {
    if (this.receipts[row] === receipt) this.leave(row, INTERRUPTED);
  }

  /** What is due at `nextAt`: messages that come back, and those that are too old. */
  expire(now: number): void {
    const { queue, hidden } = this;
    for (let row = hidden.first; row !== NONE && queue.visibleAgainAt(row) <= now; row = hidden.first) {
      if (this.isHeld[row] === 1) this.leave(row, TIMED_OUT);
      hidden.remove(row);
      queue.reappear(row);
    }
    for (let row = queue.expired(now); row !== NONE; row = queue.expired(now)) this.giveUp(row, now);
  }

  /**
   * Something has happened at `now`: brings the accounts up to date.
   * @param isAskedFor there are workers that wait for messages
   */
  settle(now: number, isAskedFor: boolean): void {
    const { queue, waiting, recorder, hidden } = this;
    const open = queue.table.size - this.held;
    if (open !== recorder.queue.now) recorder.queue.change(now, open - recorder.queue.now);
    if (queue.visible !== waiting.now) waiting.change(now, queue.visible - waiting.now);
    const isFull = isAskedFor && queue.visible > 0;
    if (isFull !== this.fullSince < Number.POSITIVE_INFINITY) {
      if (!isFull) this.fullMicros += now - this.fullSince;
      this.fullSince = isFull ? now : Number.POSITIVE_INFINITY;
    }
    const backAt = hidden.first === NONE ? Number.POSITIVE_INFINITY : queue.visibleAgainAt(hidden.first);
    const { expiresAt } = queue;
    this.nextAt = backAt < expiresAt ? backAt : expiresAt;
  }

  /** The window closes. @param emptyReceives that workers have made */
  close(observation: Observation, emptyReceives: number): void {
    const { size } = this.queue.table;
    for (let count = size; count > 0; count--) this.recorder.cutOff();
    observation.heldAtEnd += size;
    this.waiting.change(this.windowMicros, 0);
    this.requests.close(observation, emptyReceives);
    if (this.fullSince < this.windowMicros) this.fullMicros += this.windowMicros - this.fullSince;
  }

  /** Whether the limit of messages in flight kept workers idle for more than a hundredth of the time. */
  get isLimitedByQuota(): boolean {
    return this.fullMicros > SHORT_SHARE * this.windowMicros;
  }

  /** Nobody is busy with a message any more, or nobody who is sure to delete it; the next may fare better. */
  private leave(row: number, why: number): void {
    const { lastFailure, table } = this.queue;
    lastFailure[row] = why;
    if (this.isHeld[row] === 0) return;
    this.letGo(row);
    const workload = table.workload[row]!;
    const errorRate = this.errorRates[workload]!;
    table.fails[row] = errorRate > 0 && this.randoms[workload]!() < errorRate ? 1 : 0;
  }

  private letGo(row: number): void {
    this.isHeld[row] = 0;
    this.held--;
  }

  /** A message that can be received is too old, or was received too often. */
  private giveUp(row: number, now: number): void {
    const { queue, recorder } = this;
    const isTooOld = queue.isExpired(row, now);
    recorder.fail(queue.table.sentAt[row]!, isTooOld ? 'agedOut' : NOT_DONE[queue.lastFailure[row]!]!);
    // SQS deletes what is older than its retention period; no dead-letter queue sees it.
    if (!isTooOld) recorder.observation.deadLetters++;
    this.receipts[row] = NONE;
    queue.deleteVisible(row);
  }

  private grow(): void {
    const { capacity } = this.queue.table;
    this.receipts = grownFloat64(this.receipts, capacity);
    this.isHeld = grownUint8(this.isHeld, capacity);
    this.hidden.grow(capacity);
  }
}
