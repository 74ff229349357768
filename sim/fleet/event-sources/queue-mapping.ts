// Hot: called for every message and every batch. No allocation but on growth, no closures.
import type { Distribution } from '../../distributions/distribution.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import { BatchTable } from './batch-table.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventSource } from './event-source.ts';
import { MappingConcurrency, type MappingConcurrencyPlan } from './mapping-concurrency.ts';
import { ERROR, MessageQueue, NOT_DONE, type QueuePlan, THROTTLED, TIMED_OUT } from './message-queue.ts';
import { LONG_POLL_MICROS, QueueRequests } from './queue-requests.ts';
import type { SourceParts } from './source-parts.ts';

/** A mapping from an SQS queue to a function, in numbers. */
export interface QueueMappingPlan {
  readonly queue: QueuePlan;
  readonly concurrency: MappingConcurrencyPlan;
  /** Messages of a batch at most: by count, and by what 6 MB hold of them. */
  readonly batchSize: number;
  /** How long a batch that is not full is kept open; 0: it is handed over as it is. */
  readonly windowMicros: number;
  /** The function says which messages failed, and only they come back. */
  readonly reportsBatchItemFailures: boolean;
  readonly messageBytes: number;
  /** From the cause of a message to the message; null for none. */
  readonly deliveryDelay: Distribution | null;
}

const NONE = -1;
/** What was throttled is tried again when an invocation ends, and so often besides. AWS does not say. */
const THROTTLED_MICROS = MICROS_PER_SECOND;

/**
 * Lambda's pollers of a queue: they receive messages into batches, have the function handle them, and delete
 * what was handled (Lambda Developer Guide, with-sqs, services-sqs-scaling, services-sqs-configure and
 * services-sqs-errorhandling, 2026). What failed comes back after the visibility timeout, by itself.
 *
 * Of several pollers that wait for messages one gets them all until its batch is full.
 */
export class QueueMapping implements EventSource {
  nextAt = Number.POSITIVE_INFINITY;
  private readonly plan: QueueMappingPlan;
  private readonly functionIndex: number;
  private readonly errorRate: number;
  private readonly windowEnd: number;
  private readonly deliveries: Deliveries;
  private readonly recorder: Recorder;
  private readonly queue: MessageQueue;
  private readonly batches = new BatchTable();
  private readonly concurrency: MappingConcurrency;
  private readonly requests: QueueRequests;
  private readonly randoms: { readonly fails: Random; readonly delay: Random };
  /** The batch that is being filled. */
  private filling = NONE;
  /** Batches that the function refused, in the order in which they are tried again. */
  private readonly blocked: number[] = [];
  private retryAt = Number.POSITIVE_INFINITY;

  constructor(plan: QueueMappingPlan, parts: SourceParts) {
    const { functionIndex, program, replication, deliveries, recorder } = parts;
    const { name, errorRate } = program.workloads[functionIndex]!;
    this.plan = plan;
    this.functionIndex = functionIndex;
    this.errorRate = errorRate;
    this.windowEnd = program.windowMicros;
    this.deliveries = deliveries;
    this.recorder = recorder;
    this.queue = new MessageQueue(plan.queue);
    this.concurrency = new MappingConcurrency(plan.concurrency);
    this.requests = new QueueRequests(plan.messageBytes);
    const random = (purpose: string) => openRandom(program.seed, replication, purpose, name);
    this.randoms = { fails: random('retry-fails'), delay: random('event-delay') };
    this.requests.poll(0, plan.concurrency.initial);
  }

  get isBlocked(): boolean {
    return this.blocked.length > 0;
  }

  arrive(now: number, head: RequestHead): void {
    const { deliveryDelay } = this.plan;
    this.recorder.queue.change(now, 1);
    this.queue.send(now, head, deliveryDelay === null ? 0 : deliveryDelay.sample(this.randoms.delay));
    this.requests.sent();
    this.pump(now);
  }

  act(now: number): void {
    while (this.queue.nextAt <= now) this.queue.reveal();
    if (this.filling !== NONE && this.closesAt(this.filling) <= now) {
      this.requests.receivedNothing();
      this.handOver(now);
    }
    this.expireBlocked(now);
    if (this.retryAt <= now) this.retry(now);
    this.pump(now);
  }

  ended(now: number, batch: number, timedOut: boolean): void {
    const { plan, batches, queue, deliveries, recorder } = this;
    const { table } = queue;
    const isLost = timedOut || (batches.fails[batch] === 1 && !plan.reportsBatchItemFailures);
    let done = 0;
    for (let row = batches.first[batch]!; row !== NONE; ) {
      const next = table.next[row]!;
      if (isLost || table.fails[row] === 1) {
        queue.lastFailure[row] = timedOut ? TIMED_OUT : ERROR;
        table.fails[row] = this.errorRate > 0 && this.randoms.fails() < this.errorRate ? 1 : 0;
        recorder.queue.change(now, 1);
        queue.release(now, row);
      } else {
        done++;
        deliveries.handled(table.sentAt[row]!, now);
        queue.delete(row);
      }
      row = next;
    }
    if (done > 0) this.requests.deleted(done);
    if (isLost && !plan.reportsBatchItemFailures) this.concurrency.backOff(now);
    batches.close(batch);
    this.retry(now);
    this.pump(now);
  }

  retry(now: number): void {
    const { blocked } = this;
    while (blocked.length > 0 && this.invoke(now, blocked[0]!)) blocked.shift();
    this.retryAt = blocked.length > 0 ? now + THROTTLED_MICROS : Number.POSITIVE_INFINITY;
    this.expect(now);
  }

  close(observation: Observation): void {
    for (let count = this.queue.table.size; count > 0; count--) this.recorder.cutOff();
    if (observation.limitedBy === 'nothing')
      observation.limitedBy = this.concurrency.limitedBy(this.windowEnd);
    this.requests.close(observation, this.windowEnd, this.functionIndex);
  }

  /** Receives what there is, as far as there is room for batches. */
  private pump(now: number): void {
    const { queue, plan, batches } = this;
    this.dropOverdue(now);
    while (queue.canReceive) {
      if (this.filling === NONE) {
        if (batches.size >= this.concurrency.at(now)) break;
        this.filling = batches.open(now);
      }
      const batch = this.filling;
      this.receiveInto(batch, now);
      const isFull = batches.count[batch] === plan.batchSize;
      if (!isFull && now < batches.openedAt[batch]! + plan.windowMicros) break;
      this.handOver(now);
    }
    this.concurrency.tell(now, queue.canReceive, batches.size);
    this.expect(now);
  }

  private receiveInto(batch: number, now: number): void {
    const { queue, batches, plan } = this;
    let received = 0;
    while (queue.canReceive && batches.count[batch]! < plan.batchSize) {
      batches.add(batch, queue.table, queue.receive(now));
      received++;
      this.dropOverdue(now);
    }
    if (received > 0) this.requests.received(now, batch, received);
  }

  /** The batch that was being filled goes to the function, behind those that it refused. */
  private handOver(now: number): void {
    const batch = this.filling;
    this.filling = NONE;
    if (this.blocked.length === 0 && this.invoke(now, batch)) return;
    this.blocked.push(batch);
    this.concurrency.backOff(now);
    if (this.retryAt === Number.POSITIVE_INFINITY) this.retryAt = now + THROTTLED_MICROS;
  }

  private invoke(now: number, batch: number): boolean {
    const { batches, queue, recorder } = this;
    const { table } = queue;
    const cpu = batches.cpu[batch]!;
    if (!this.deliveries.deliver(now, this.functionIndex, cpu, batches.wait[batch]!, batch)) return false;
    recorder.queue.change(now, -batches.count[batch]!);
    for (let row = batches.first[batch]!; row !== NONE; row = table.next[row]!) {
      if (table.tries[row]! > 1) recorder.triedAgain();
    }
    return true;
  }

  /** Batches that wait for the function until their messages can be received again are let go. */
  private expireBlocked(now: number): void {
    const { blocked, batches, queue } = this;
    while (blocked.length > 0 && queue.visibleAgainAt(batches.first[blocked[0]!]!) <= now) {
      const batch = blocked.shift()!;
      for (let row = batches.first[batch]!; row !== NONE; ) {
        const next = queue.table.next[row]!;
        queue.lastFailure[row] = THROTTLED;
        queue.release(now, row);
        row = next;
      }
      batches.close(batch);
    }
  }

  /** What is too old is lost, what was received too often goes to the dead-letter queue. */
  private dropOverdue(now: number): void {
    const { queue } = this;
    for (let row = queue.overdue(now); row !== NONE; row = queue.overdue(now)) {
      const sentAt = queue.table.sentAt[row]!;
      this.recorder.queue.change(now, -1);
      if (queue.isExpired(row, now)) this.deliveries.agedOut(sentAt);
      else this.deliveries.giveUp(sentAt, NOT_DONE[queue.lastFailure[row]!]!);
      queue.deleteVisible(row);
    }
  }

  /**
   * When the batch that is being filled is handed over if no other message comes: after the window, but not
   * before the poll that waits for another message returns empty-handed.
   */
  private closesAt(batch: number): number {
    const { windowMicros } = this.plan;
    return this.batches.openedAt[batch]! + Math.max(windowMicros, LONG_POLL_MICROS);
  }

  private expect(now: number): void {
    const { queue, blocked, batches, filling } = this;
    const closesAt = filling === NONE ? Number.POSITIVE_INFINITY : this.closesAt(filling);
    const letGoAt =
      blocked.length === 0 ? Number.POSITIVE_INFINITY : queue.visibleAgainAt(batches.first[blocked[0]!]!);
    const queueAt = Math.min(queue.nextAt, queue.expiresAt);
    const at = Math.min(queueAt, closesAt, letGoAt, this.retryAt, this.concurrency.growsAt);
    this.nextAt = at > now ? at : now;
    this.requests.poll(now, Math.max(0, this.plan.concurrency.initial - batches.size));
  }
}
