// Hot: `advance` runs once for every request.
import { EventHeap } from '../kernel/event-heap.ts';
import type { ClosedStreamPlan, OpenStreamPlan } from '../traffic/traffic.ts';
import { ClosedUsers } from './closed-users.ts';
import { OpenSource } from './open-source.ts';
import type { ProgramBase } from './program.ts';
import type { RequestHead } from './request-head.ts';
import { NO_TICKET, Retries } from './retries.ts';

const BLOCK_MAX = 4096;
const BLOCK_MIN = 16;
/** Rows of all blocks together: many streams get small blocks. */
const BLOCK_ROWS = 1 << 18;

/**
 * The requests of all streams in the order of their arrival. The head of the line stands in the fields;
 * simultaneous arrivals come in the order of their streams' names, users after open streams, and what is sent
 * again after all that is new.
 */
export class RequestFeed implements RequestHead {
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
  /** Null when no client ever sends a request again. */
  readonly retries: Retries | null;
  /** The ticket of a request that is sent again; NO_TICKET for one that comes for the first time. */
  private ticket = NO_TICKET;
  private readonly sources: readonly OpenSource[];
  private readonly heads: EventHeap;
  private source: OpenSource | null = null;
  private sourceNumber = 0;
  private readonly users: ClosedUsers | null;
  /** Whether anything but open streams may come. */
  private readonly hasOthers: boolean;

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
    const isPersistent = program.workloads.some((each) => each.retries !== null);
    this.retries = isPersistent ? new Retries(program, replication) : null;
    this.hasOthers = this.users !== null || this.retries !== null;
    this.nextSource();
    this.load();
  }

  /** Takes the head off the line and puts the next request there. */
  advance(): void {
    if (this.ticket >= 0) this.retries!.take();
    else if (this.user < 0 && this.source !== null) this.advanceSource(this.source);
    this.load();
  }

  /** Whether the head of the line is a request that has come before. */
  get isRepeated(): boolean {
    return this.ticket >= 0;
  }

  /** @returns the ticket of the head, which is about to be taken; NO_TICKET if it never comes again */
  takeTicket(): number {
    if (this.retries === null || this.ticket >= 0) return this.ticket;
    return this.retries.open(this);
  }

  /**
   * An attempt has failed for its client at `at`, which is not before the last arrival.
   * @returns whether the client will send the request again
   */
  sendAgain(ticket: number, kind: string, at: number): boolean {
    const retries = this.retries!;
    if (!retries.again(ticket, kind, at)) return false;
    if (retries.nextAt < this.nextAt) this.giveWay();
    return true;
  }

  /** Tells that the request of a virtual user ended at `at`, as the client sees it. */
  userDone(user: number, at: number, failed: boolean): void {
    const users = this.users!;
    users.done(user, at, failed);
    if (users.nextAt > this.nextAt) return;
    if (users.nextAt === this.nextAt && this.ticket < 0 && users.nextUser >= this.user) return;
    this.giveWay();
  }

  /** The head of the line goes back to where it came from, because another comes before it. */
  private giveWay(): void {
    if (this.user >= 0 && this.ticket < 0) this.users!.putBack(this.user, this.nextAt, this);
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
    if (this.hasOthers && this.loadOther(at)) return;
    this.ticket = NO_TICKET;
    this.user = -1;
    if (source === null) {
      this.nextAt = Number.POSITIVE_INFINITY;
    } else {
      const index = source.index;
      this.nextAt = at;
      this.workload = source.workload;
      this.cpu = source.cpu[index]!;
      this.wait = source.wait[index]!;
      this.patience = source.patience[index]!;
      this.fails = source.fails[index]!;
    }
  }

  /** Loads a user's request, or one that is sent again, if it comes before `at`. @returns whether it did */
  private loadOther(at: number): boolean {
    const usersAt = this.users === null ? Number.POSITIVE_INFINITY : this.users.nextAt;
    const retriesAt = this.retries === null ? Number.POSITIVE_INFINITY : this.retries.nextAt;
    if (usersAt < at && usersAt <= retriesAt) this.loadUser(this.users!);
    else if (retriesAt < at) this.loadRetry(this.retries!);
    else return false;
    return true;
  }

  private loadUser(users: ClosedUsers): void {
    this.nextAt = users.nextAt;
    this.user = users.take();
    this.ticket = NO_TICKET;
    this.workload = users.workloadOf(this.user);
    const { cpu, wait, patience, fails } = users.draw(this.user);
    this.cpu = cpu;
    this.wait = wait;
    this.patience = patience;
    this.fails = fails;
  }

  /** It stays in its line until it is taken. */
  private loadRetry(retries: Retries): void {
    const ticket = retries.nextTicket;
    this.nextAt = retries.nextAt;
    this.ticket = ticket;
    this.user = retries.user[ticket]!;
    this.workload = retries.workload[ticket]!;
    this.cpu = retries.cpu[ticket]!;
    this.wait = retries.wait[ticket]!;
    this.patience = retries.patience[ticket]!;
    this.fails = retries.fails[ticket]!;
  }
}
