// Hot where clients try again: a ticket is opened and closed for every request.
import { EventHeap } from '../kernel/event-heap.ts';
import { openRandom, type Random } from '../kernel/random.ts';
import { grownFloat64, grownInt32, grownUint8 } from '../kernel/typed-arrays.ts';
import type { ProgramBase } from './program.ts';
import type { RequestHead } from './request-head.ts';

/** The ticket of a request that is sent once and never again. */
export const NO_TICKET = -1;

/**
 * Requests whose clients may send them again, one ticket each from the first attempt to the last answer, and
 * the line of those that are to be sent.
 *
 * Each attempt asks for the same work and has the same patience; whether its code fails is drawn anew.
 * Backoff and failures of further attempts come from random streams of their own, so that first attempts are
 * the same with and without them.
 */
export class Retries {
  /** When the next attempt is due; Infinity when none is. */
  nextAt = Number.POSITIVE_INFINITY;
  /** By ticket: what the request needs, who sends it, and whether its next attempt fails. */
  cpu = new Float64Array(64);
  wait = new Float64Array(64);
  patience = new Float64Array(64);
  workload = new Int32Array(64);
  user = new Int32Array(64);
  fails = new Uint8Array(64);
  /** By ticket: when the first attempt came. */
  firstAt = new Float64Array(64);
  private attempt = new Int32Array(64);
  private readonly due = new EventHeap(new Float64Array(64));
  private readonly free: number[] = [];
  private used = 0;
  private scheduled = 0;
  private readonly workloads: ProgramBase['workloads'];
  private readonly randoms: readonly { readonly backoff: Random; readonly fails: Random }[];

  constructor(program: ProgramBase, replication: number) {
    this.workloads = program.workloads;
    this.randoms = program.workloads.map(({ name }) => ({
      backoff: openRandom(program.seed, replication, 'retry-backoff', name),
      fails: openRandom(program.seed, replication, 'retry-fails', name),
    }));
  }

  /** The ticket of the next attempt. Meaningless when none is due. */
  get nextTicket(): number {
    return this.due.nextId;
  }

  /** A request comes for the first time. @returns its ticket, if its client would send it again */
  open(head: RequestHead): number {
    if (this.workloads[head.workload]!.retries === null) return NO_TICKET;
    const ticket = this.free.pop() ?? this.used++;
    if (ticket === this.firstAt.length) this.grow();
    this.cpu[ticket] = head.cpu;
    this.wait[ticket] = head.wait;
    this.patience[ticket] = head.patience;
    this.workload[ticket] = head.workload;
    this.user[ticket] = head.user;
    this.firstAt[ticket] = head.nextAt;
    this.attempt[ticket] = 1;
    return ticket;
  }

  /** The request is through, one way or the other. */
  close(ticket: number): void {
    this.free.push(ticket);
  }

  /**
   * An attempt has failed for its client at `at`.
   * @returns whether the client will send the request again; it then stands in the line
   */
  again(ticket: number, kind: string, at: number): boolean {
    const workload = this.workload[ticket]!;
    const { retries: plan, errorRate } = this.workloads[workload]!;
    const attempt = this.attempt[ticket]!;
    if (plan === null || attempt >= plan.attempts || !plan.on.has(kind)) return false;
    const random = this.randoms[workload]!;
    const longest = plan.backoffMicros[attempt - 1]!;
    const backoff = plan.jitter === 0 ? longest : longest * (1 - plan.jitter * random.backoff());
    this.attempt[ticket] = attempt + 1;
    this.fails[ticket] = errorRate > 0 && random.fails() < errorRate ? 1 : 0;
    this.due.order[ticket] = this.scheduled++;
    this.due.push(at + Math.round(backoff), ticket);
    this.nextAt = this.due.nextTime;
    return true;
  }

  /** Takes the next attempt off the line: it has come. */
  take(): void {
    this.due.pop();
    this.nextAt = this.due.nextTime;
  }

  private grow(): void {
    const capacity = this.firstAt.length * 2;
    this.cpu = grownFloat64(this.cpu, capacity);
    this.wait = grownFloat64(this.wait, capacity);
    this.patience = grownFloat64(this.patience, capacity);
    this.workload = grownInt32(this.workload, capacity);
    this.user = grownInt32(this.user, capacity);
    this.fails = grownUint8(this.fails, capacity);
    this.firstAt = grownFloat64(this.firstAt, capacity);
    this.attempt = grownInt32(this.attempt, capacity);
    this.due.order = grownFloat64(this.due.order, capacity);
  }
}
