// Hot: called for every record and every batch. No allocation but on growth, no closures.
import { IndexedHeap } from '../../kernel/indexed-heap.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { Observation } from '../../observe/observation.ts';
import type { Recorder } from '../../observe/recorder.ts';
import type { RequestHead } from '../../workload/request-head.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventSource } from './event-source.ts';
import { EventTable } from './event-table.ts';
import { Lane } from './lane.ts';
import type { SourceParts } from './source-parts.ts';

/** A mapping from a stream to a function, in numbers. */
export interface StreamMappingPlan {
  readonly shards: number;
  /** Batches that are handled at one time from each shard. */
  readonly parallelizationFactor: number;
  /** How many partition keys the records have; Infinity when each has its own. */
  readonly partitionKeys: number;
  /** Records of a batch at most: by count, and by what 6 MB hold of them. */
  readonly batchSize: number;
  /** How long records are gathered when they do not fill a batch. */
  readonly windowMicros: number;
  /** Time between two polls of a shard that has no more records. */
  readonly pollMicros: number;
  /** Further tries of a batch that failed; Infinity until its records expire. */
  readonly maximumRetryAttempts: number;
  /** A record that is older is given up. */
  readonly maximumRecordAgeMicros: number;
  /** A batch that failed is split in two. */
  readonly bisectsBatchOnFunctionError: boolean;
  /** The function says which record failed first: those before it are done. */
  readonly reportsBatchItemFailures: boolean;
}

/** What was throttled is tried again when an invocation ends, and so often besides. AWS does not say. */
const THROTTLED_MICROS = MICROS_PER_SECOND;

/**
 * Lambda's reader of a stream: it polls each shard, hands its records to the function in batches and in
 * order, and does not go on before a batch is done, or given up (Lambda Developer Guide, with-kinesis,
 * services-kinesis-parameters, kinesis-on-failure-destination and with-ddb, 2026). With a parallelization
 * factor each shard is read in that many lanes; the records of one partition key stay in one.
 */
export class StreamMapping implements EventSource {
  nextAt = Number.POSITIVE_INFINITY;
  private readonly plan: StreamMappingPlan;
  private readonly functionIndex: number;
  private readonly errorRate: number;
  private readonly deliveries: Deliveries;
  private readonly recorder: Recorder;
  private readonly table = new EventTable();
  private readonly lanes: readonly Lane[];
  /** Lanes by the time at which they go on. */
  private readonly due: IndexedHeap;
  /** Of each shard, when its polls fall within their period. */
  private readonly phases: Float64Array;
  private readonly randoms: { readonly key: Random; readonly fails: Random };
  /** Lanes whose batch the function refused, in the order in which they are tried again. */
  private readonly blocked: number[] = [];
  private retryAt = Number.POSITIVE_INFINITY;
  private written = 0;
  /** Batches, and those of them that were full when the lane was through with the one before. */
  private handed = 0;
  private handedFull = 0;

  constructor(plan: StreamMappingPlan, parts: SourceParts) {
    const { functionIndex, program, replication, deliveries, recorder } = parts;
    const { name, errorRate } = program.workloads[functionIndex]!;
    const random = (purpose: string) => openRandom(program.seed, replication, purpose, name);
    this.plan = plan;
    this.functionIndex = functionIndex;
    this.errorRate = errorRate;
    this.deliveries = deliveries;
    this.recorder = recorder;
    this.randoms = { key: random('partition-key'), fails: random('retry-fails') };
    const poll = random('poll');
    this.phases = Float64Array.from({ length: plan.shards }, () => Math.floor(poll() * plan.pollMicros));
    const count = plan.shards * plan.parallelizationFactor;
    this.lanes = Array.from({ length: count }, () => new Lane(this.table));
    this.due = new IndexedHeap(count);
    for (let lane = 0; lane < count; lane++) this.due.order[lane] = lane;
  }

  get isBlocked(): boolean {
    return this.blocked.length > 0;
  }

  arrive(now: number, head: RequestHead): void {
    const { plan, lanes } = this;
    this.written++;
    const row = this.table.open(now, head);
    const index = this.laneOf();
    const lane = lanes[index]!;
    lane.append(row);
    this.recorder.queue.change(now, 1);
    if (lane.isBusy) return;
    const readAt = this.nextPoll(index, now);
    const goOnAt = lane.waiting >= plan.batchSize ? readAt : readAt + plan.windowMicros;
    if (goOnAt < lane.dueAt) this.goOn(index, goOnAt);
  }

  act(now: number): void {
    while (this.due.nextKey <= now) {
      const index = this.due.nextId;
      this.due.remove(index);
      this.lanes[index]!.dueAt = Number.POSITIVE_INFINITY;
      this.begin(now, index);
    }
    if (this.retryAt <= now) this.retry(now);
    this.expect(now);
  }

  ended(now: number, index: number, timedOut: boolean): void {
    const { plan, lanes, errorRate, randoms, recorder } = this;
    const lane = lanes[index]!;
    const failsAt = timedOut ? 0 : lane.firstFailure();
    const isFailed = failsAt < lane.count;
    const done = !isFailed ? lane.count : timedOut || !plan.reportsBatchItemFailures ? 0 : failsAt;
    for (let count = done; count > 0; count--) {
      const row = lane.takeOfBatch();
      this.deliveries.handled(this.table.sentAt[row]!, now);
      this.table.close(row);
    }
    if (isFailed) {
      recorder.queue.change(now, lane.count);
      lane.redraw(errorRate, randoms.fails);
      if (plan.bisectsBatchOnFunctionError && lane.count > 1) lane.halve();
      else if (++lane.retries > plan.maximumRetryAttempts) this.giveUp(now, index, timedOut);
    }
    if (!isFailed || lane.count === 0) this.nextBatch(now, index);
    else this.goOn(index, now + plan.pollMicros);
    this.retry(now);
  }

  retry(now: number): void {
    const { blocked } = this;
    while (blocked.length > 0) {
      const index = blocked[0]!;
      if (!this.invoke(now, index)) break;
      blocked.shift();
    }
    this.retryAt = blocked.length > 0 ? now + THROTTLED_MICROS : Number.POSITIVE_INFINITY;
    this.expect(now);
  }

  close(observation: Observation): void {
    observation.usage[`streamRecords.${this.functionIndex}`] = this.written;
    const isBehind = this.handedFull * 2 > this.handed;
    if (isBehind && observation.limitedBy === 'nothing') observation.limitedBy = 'concurrency';
    for (let count = this.table.size; count > 0; count--) this.recorder.cutOff();
  }

  /** A batch that fills up, or what is left: at once if it is full, else when the window is over. */
  private nextBatch(now: number, index: number): void {
    const lane = this.lanes[index]!;
    lane.isBusy = false;
    lane.retries = 0;
    if (lane.waiting === 0) return;
    const isFull = lane.isHalved || lane.waiting >= this.plan.batchSize;
    if (isFull) this.handedFull++;
    this.goOn(index, isFull ? now : now + this.plan.windowMicros);
  }

  /** The lane hands over what it has: a batch that failed before, or what it has read since. */
  private begin(now: number, index: number): void {
    const lane = this.lanes[index]!;
    if (!lane.isBusy) {
      lane.isBusy = true;
      this.handed++;
      lane.gather(this.plan.batchSize);
    }
    if (this.blocked.length > 0 || !this.invoke(now, index)) {
      this.blocked.push(index);
      if (this.retryAt === Number.POSITIVE_INFINITY) this.retryAt = now + THROTTLED_MICROS;
    }
  }

  /** @returns whether the lane needs not be tried again: it was taken in, or its records have expired */
  private invoke(now: number, index: number): boolean {
    const { deliveries, table, recorder } = this;
    const lane = this.lanes[index]!;
    this.dropExpired(now, index);
    if (lane.count === 0) {
      this.nextBatch(now, index);
      return true;
    }
    if (!deliveries.deliver(now, this.functionIndex, lane.cpu, lane.wait, index)) return false;
    recorder.queue.change(now, -lane.count);
    for (let row = lane.first, count = lane.count; count > 0; count--, row = table.next[row]!) {
      if (table.tries[row]! > 0) recorder.triedAgain();
      table.tries[row]!++;
    }
    return true;
  }

  /** Records come in order: the oldest are at the front. */
  private dropExpired(now: number, index: number): void {
    const { table, plan } = this;
    const lane = this.lanes[index]!;
    while (lane.count > 0 && now - table.sentAt[lane.first]! >= plan.maximumRecordAgeMicros) {
      const row = lane.takeOfBatch();
      this.recorder.queue.change(now, -1);
      this.deliveries.giveUp(table.sentAt[row]!, 'agedOut');
      table.close(row);
    }
  }

  /** All records of a batch that has had its tries. */
  private giveUp(now: number, index: number, timedOut: boolean): void {
    const lane = this.lanes[index]!;
    while (lane.count > 0) {
      const row = lane.takeOfBatch();
      this.recorder.queue.change(now, -1);
      this.deliveries.giveUp(this.table.sentAt[row]!, timedOut ? 'timedOut' : 'error');
      this.table.close(row);
    }
  }

  /** The keys are spread evenly over the shards, and over the lanes of each. */
  private laneOf(): number {
    const { partitionKeys } = this.plan;
    const count = this.lanes.length;
    const keys = partitionKeys === Number.POSITIVE_INFINITY ? count : partitionKeys;
    return Math.floor(this.randoms.key() * keys) % count;
  }

  /** When the shard of a lane is polled next; lanes 0 … shards − 1 are the first of each shard, and so on. */
  private nextPoll(index: number, now: number): number {
    const { pollMicros, shards } = this.plan;
    const phase = this.phases[index % shards]!;
    return phase + Math.ceil((now - phase) / pollMicros) * pollMicros;
  }

  private goOn(index: number, at: number): void {
    this.due.set(index, at);
    this.lanes[index]!.dueAt = at;
    if (at < this.nextAt) this.nextAt = at;
  }

  private expect(now: number): void {
    const at = Math.min(this.due.nextKey, this.retryAt);
    this.nextAt = at > now ? at : now;
  }
}
