// Hot: `advance` runs once for every request.
import { EventHeap } from '../kernel/event-heap.ts';
import type { ClosedStreamPlan, OpenStreamPlan } from '../traffic/traffic.ts';
import { ClosedUsers } from './closed-users.ts';
import { OpenSource } from './open-source.ts';
import type { ProgramBase } from './program.ts';

const BLOCK_MAX = 4096;
const BLOCK_MIN = 16;
/** Rows of all blocks together: many streams get small blocks. */
const BLOCK_ROWS = 1 << 18;

/**
 * The requests of all streams in the order of their arrival. The head of the line stands in the fields;
 * simultaneous arrivals come in the order of their streams' names, users after open streams.
 */
export class RequestFeed {
  /**
   * Arrival time of the head; Infinity when there is none (yet: a user may send once its last request ends).
   */
  nextAt = Number.POSITIVE_INFINITY;
  workload = 0;
  cpu = 0;
  wait = 0;
  patience = Number.POSITIVE_INFINITY;
  fails = 0;
  /** The virtual user who sends it, or -1. */
  user = -1;
  private readonly sources: readonly OpenSource[];
  private readonly heads: EventHeap;
  private source: OpenSource | null = null;
  private sourceNumber = 0;
  private readonly users: ClosedUsers | null;

  constructor(program: ProgramBase, replication: number) {
    const open = program.streams.filter((stream): stream is OpenStreamPlan => stream.kind === 'open');
    const closed = program.streams.filter((stream): stream is ClosedStreamPlan => stream.kind === 'closed');
    const blockSize = Math.max(
      BLOCK_MIN,
      Math.min(BLOCK_MAX, Math.floor(BLOCK_ROWS / Math.max(1, open.length))),
    );
    const run = { seed: program.seed, replication, blockSize };
    const indexOf = new Map(program.workloads.map((each, index) => [each.name, index]));
    this.sources = open.map((stream) => {
      const workload = indexOf.get(stream.workload)!;
      return new OpenSource(stream, program.workloads[workload]!, workload, run);
    });
    this.heads = new EventHeap(
      Float64Array.from(open, (_, index) => index),
      open.length + 1,
    );
    this.sources.forEach((source, index) => {
      if (source.filled > 0) this.heads.push(source.at[0]!, index);
    });
    this.users = closed.length === 0 ? null : new ClosedUsers(closed, program.workloads, run);
    this.nextSource();
    this.load();
  }

  /** Takes the head off the line and puts the next request there. */
  advance(): void {
    if (this.user < 0 && this.source !== null) this.advanceSource(this.source);
    this.load();
  }

  /** Tells that the request of a virtual user ended at `at`, as the client sees it. */
  userDone(user: number, at: number, failed: boolean): void {
    const users = this.users!;
    users.done(user, at, failed);
    if (users.nextAt > this.nextAt) return;
    if (users.nextAt === this.nextAt && users.nextUser >= this.user) return;
    if (this.user >= 0) users.putBack(this.user, this.nextAt, this);
    this.load();
  }

  private advanceSource(source: OpenSource): void {
    if (++source.index >= source.filled && !source.refill()) {
      this.nextSource();
    } else if (this.heads.size > 0) {
      const at = source.at[source.index]!;
      const rival = this.heads.nextTime;
      if (rival < at || (rival === at && this.heads.nextId < this.sourceNumber)) {
        this.heads.push(at, this.sourceNumber);
        this.nextSource();
      }
    }
  }

  private nextSource(): void {
    if (this.heads.size === 0) {
      this.source = null;
      return;
    }
    this.sourceNumber = this.heads.pop();
    this.source = this.sources[this.sourceNumber]!;
  }

  private load(): void {
    const source = this.source;
    const at = source === null ? Number.POSITIVE_INFINITY : source.at[source.index]!;
    if (this.users !== null && this.users.nextAt < at) {
      this.loadUser(this.users);
    } else if (source === null) {
      this.nextAt = Number.POSITIVE_INFINITY;
      this.user = -1;
    } else {
      const index = source.index;
      this.nextAt = at;
      this.workload = source.workload;
      this.cpu = source.cpu[index]!;
      this.wait = source.wait[index]!;
      this.patience = source.patience[index]!;
      this.fails = source.fails[index]!;
      this.user = -1;
    }
  }

  private loadUser(users: ClosedUsers): void {
    this.nextAt = users.nextAt;
    this.user = users.take();
    this.workload = users.workloadOf(this.user);
    const { cpu, wait, patience, fails } = users.draw(this.user);
    this.cpu = cpu;
    this.wait = wait;
    this.patience = patience;
    this.fails = fails;
  }
}
