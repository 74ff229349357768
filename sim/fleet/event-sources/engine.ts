// Hot: `advance` and what it calls run for every event. No allocation, no closures.
import { IndexedHeap } from '../../kernel/indexed-heap.ts';
import type { Observation } from '../../observe/observation.ts';
import { Recorder } from '../../observe/recorder.ts';
import { RequestFeed } from '../../workload/request-feed.ts';
import type { Engine } from '../engine.ts';
import { Invoker } from '../on-demand/invoker.ts';
import type { OnDemandPlan } from '../on-demand/plan.ts';
import { Deliveries } from './deliveries.ts';
import type { EventSource } from './event-source.ts';
import type { SourceParts } from './source-parts.ts';

/** Functions that are invoked by events, each through a source of its own. */
export interface EventPlan {
  readonly functions: OnDemandPlan;
  openSource(parts: SourceParts): EventSource;
}

/** Lambda's machine, invoked by what queues, streams and Lambda itself hold for it. */
export class EventEngine implements Engine {
  nowMicros = 0;
  arrived = 0;
  private readonly windowMicros: number;
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly invoker: Invoker;
  private readonly deliveries: Deliveries;
  private readonly sources: readonly EventSource[];
  /** Sources by what they have to do next. */
  private readonly due: IndexedHeap;
  /** Which sources hold what was refused, and how many do. */
  private readonly blocked: Uint8Array;
  private blockedCount = 0;

  constructor(plan: EventPlan, replication: number) {
    const { program } = plan.functions;
    this.windowMicros = program.windowMicros;
    this.feed = new RequestFeed(program, replication);
    this.recorder = new Recorder(program, 0);
    this.recorder.observation.deadLetters = 0;
    this.invoker = new Invoker(plan.functions, replication, this.recorder);
    this.deliveries = new Deliveries(this.invoker, this.recorder);
    const { deliveries, recorder } = this;
    this.sources = program.workloads.map((_, functionIndex) =>
      plan.openSource({ functionIndex, program, replication, deliveries, recorder }),
    );
    this.due = new IndexedHeap(this.sources.length);
    this.blocked = new Uint8Array(this.sources.length);
    this.sources.forEach((source, index) => {
      this.due.order[index] = index;
      this.due.set(index, source.nextAt);
    });
  }

  advance(requests: number): boolean {
    const { feed, invoker, due, windowMicros } = this;
    const { completions, pool } = invoker;
    const stopAt = this.arrived + requests;
    for (;;) {
      const completionAt = completions.nextTime;
      const arrivalAt = feed.nextAt;
      const tickAt = invoker.nextTickAt < due.nextKey ? invoker.nextTickAt : due.nextKey;
      const expiryAt = pool.nextExpiry;
      if (completionAt <= tickAt && completionAt <= arrivalAt && completionAt <= expiryAt) {
        // What ends with the window has ended.
        if (completionAt > windowMicros) return this.close();
        this.complete(completionAt);
      } else if (tickAt <= arrivalAt && tickAt <= expiryAt) {
        if (tickAt >= windowMicros) return this.close();
        if (tickAt === invoker.nextTickAt) invoker.tick();
        else this.act(due.nextId, tickAt);
      } else if (arrivalAt <= expiryAt) {
        if (arrivalAt >= windowMicros) return this.close();
        if (this.arrived === stopAt) return false;
        this.arrive(arrivalAt);
      } else {
        if (expiryAt >= windowMicros) return this.close();
        invoker.expire();
      }
    }
  }

  observation(): Observation {
    return this.recorder.observation;
  }

  private close(): true {
    const { recorder } = this;
    this.nowMicros = this.windowMicros;
    this.invoker.close(recorder.observation);
    for (const source of this.sources) source.close(recorder.observation);
    recorder.finish();
    return true;
  }

  private arrive(now: number): void {
    const { feed } = this;
    const { workload } = feed;
    this.nowMicros = now;
    this.arrived++;
    this.recorder.arrive(now, workload);
    this.sources[workload]!.arrive(now, feed);
    this.expect(workload);
    feed.advance();
  }

  private act(index: number, now: number): void {
    this.nowMicros = now;
    this.sources[index]!.act(now);
    this.expect(index);
  }

  private complete(now: number): void {
    const { deliveries, sources } = this;
    this.nowMicros = now;
    deliveries.complete();
    const index = deliveries.functionIndex;
    sources[index]!.ended(now, deliveries.delivery, deliveries.timedOut);
    this.expect(index);
    if (this.blockedCount === 0) return;
    for (let other = 0; other < sources.length; other++) {
      if (this.blocked[other] === 0) continue;
      sources[other]!.retry(now);
      this.expect(other);
    }
  }

  /** After every call of a source: looks at what it is going to do, and whether it is stuck. */
  private expect(index: number): void {
    const source = this.sources[index]!;
    const isBlocked = source.isBlocked ? 1 : 0;
    this.blockedCount += isBlocked - this.blocked[index]!;
    this.blocked[index] = isBlocked;
    this.due.set(index, source.nextAt);
  }
}
