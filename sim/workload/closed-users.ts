import { EventHeap } from '../kernel/event-heap.ts';
import { openRandom, type Random } from '../kernel/random.ts';
import { MICROS_PER_MS } from '../kernel/time.ts';
import type { ClosedStreamPlan, UserSpan } from '../traffic/traffic.ts';
import type { WorkloadPlan } from './workload.ts';

/**
 * A user whose request failed waits at least this long before the next, so that none spins at one instant.
 */
const PAUSE_AFTER_FAILURE_MICROS = 100 * MICROS_PER_MS;

/** What one request of a user needs; also the fields of a feed's head. */
export interface Draw {
  readonly cpu: number;
  readonly wait: number;
  readonly patience: number;
  readonly fails: number;
}

interface User {
  readonly stream: ClosedStreamPlan;
  readonly workload: number;
  readonly random: Random;
  readonly spans: readonly UserSpan[];
  span: number;
  sentAt: number;
}

/** The virtual users of all closed streams: who sends next, and what that request needs. */
export class ClosedUsers {
  private readonly users: User[] = [];
  private readonly pending: EventHeap;
  private readonly drawn = new Map<number, Draw>();
  private readonly workloads: readonly WorkloadPlan[];

  constructor(
    streams: readonly ClosedStreamPlan[],
    workloads: readonly WorkloadPlan[],
    run: { seed: number; replication: number },
  ) {
    this.workloads = workloads;
    for (const stream of streams) {
      const workload = workloads.findIndex((each) => each.name === stream.workload);
      stream.users.forEach((spans, number) => {
        const random = openRandom(run.seed, run.replication, 'user', stream.name, String(number));
        this.users.push({ stream, workload, random, spans, span: 0, sentAt: -1 });
      });
    }
    this.pending = new EventHeap(
      Float64Array.from(this.users, (_, index) => index),
      this.users.length + 1,
    );
    this.users.forEach((user, index) => {
      if (user.spans.length > 0) this.pending.push(user.spans[0]!.startMicros, index);
    });
  }

  /** When the next user sends; Infinity when none is going to before another request ends. */
  get nextAt(): number {
    return this.pending.nextTime;
  }

  /** The number of the user who sends then: of several at one instant, the first. */
  get nextUser(): number {
    return this.pending.nextId;
  }

  /** Takes the next user off the line. @returns its number; what it asks for is drawn from its own stream. */
  take(): number {
    const at = this.pending.nextTime;
    const user = this.pending.pop();
    this.users[user]!.sentAt = at;
    return user;
  }

  workloadOf(user: number): number {
    return this.users[user]!.workload;
  }

  /** Draws what the next iteration of `user` needs: always the same uniforms, whatever platform serves it. */
  draw(user: number): Draw {
    const kept = this.drawn.get(user);
    if (kept !== undefined) {
      this.drawn.delete(user);
      return kept;
    }
    const { random, workload } = this.users[user]!;
    const plan = this.workloads[workload]!;
    return {
      cpu: plan.cpu.sample(random),
      wait: plan.wait.sample(random),
      patience: plan.patience === null ? Number.POSITIVE_INFINITY : plan.patience.sample(random),
      fails: plan.errorRate > 0 && random() < plan.errorRate ? 1 : 0,
    };
  }

  /** Puts a user back who had been taken and drawn for, because another sends before it. */
  putBack(user: number, at: number, { cpu, wait, patience, fails }: Draw): void {
    this.drawn.set(user, { cpu, wait, patience, fails });
    this.pending.push(at, user);
  }

  /**
   * The user's request ended at `at`: after its think time the next is due, if the user is still there then.
   */
  done(userNumber: number, at: number, failed: boolean): void {
    const user = this.users[userNumber]!;
    const think = user.stream.thinkTime.sample(user.random);
    let next = at + (failed ? Math.max(think, PAUSE_AFTER_FAILURE_MICROS) : think);
    // Without work and without thought a user would never let the clock go on.
    if (next <= user.sentAt) next = user.sentAt + 1;
    while (user.span < user.spans.length && next >= user.spans[user.span]!.stopMicros) {
      user.span++;
      const span = user.spans[user.span];
      if (span !== undefined && span.startMicros > next) next = span.startMicros;
    }
    if (user.span < user.spans.length) this.pending.push(next, userNumber);
  }
}
