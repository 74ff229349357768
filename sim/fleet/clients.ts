// Hot: called for every request. No allocation, no closures.
import type { FailureKind } from '../observe/failure-kind.ts';
import type { Recorder } from '../observe/recorder.ts';
import type { ProgramBase } from '../workload/program.ts';
import type { RequestFeed } from '../workload/request-feed.ts';

/**
 * Those who send the requests, as an engine meets them. It tells them what became of a request; they may send
 * it again, a virtual user goes on, and what they saw in the end is recorded: latency from the first attempt
 * to the answer, a failure only when no other attempt follows. The timeout of a client is of each attempt.
 */
export class Clients {
  private readonly feed: RequestFeed;
  private readonly recorder: Recorder;
  private readonly windowMicros: number;
  private readonly frontDoorMicros: number;
  private readonly timeouts: Float64Array;

  constructor(program: ProgramBase, frontDoorMicros: number, feed: RequestFeed, recorder: Recorder) {
    this.feed = feed;
    this.recorder = recorder;
    this.windowMicros = program.windowMicros;
    this.frontDoorMicros = frontDoorMicros;
    this.timeouts = Float64Array.from(program.workloads, (each) => each.timeoutMicros);
  }

  /** The head of the feed arrives at `now`. @returns its ticket, to be shown with its outcome */
  arrive(now: number): number {
    const { feed, recorder } = this;
    if (feed.isRepeated) recorder.arriveAgain(now, feed.workload);
    else recorder.arrive(now, feed.workload);
    return feed.takeTicket();
  }

  /**
   * An attempt that arrived at `arrivedAt` was given a worker and leaves it at `endAt`, known now or already
   * past.
   */
  answer(
    arrivedAt: number,
    endAt: number,
    workload: number,
    failure: FailureKind | null,
    user: number,
    ticket: number,
  ): void {
    const { recorder, feed } = this;
    if (ticket < 0) {
      const failed = recorder.serve(arrivedAt, endAt, workload, failure);
      if (user >= 0) feed.userDone(user, recorder.answeredAt, failed);
      return;
    }
    const latency = endAt - arrivedAt + this.frontDoorMicros;
    const timeout = this.timeouts[workload]!;
    const gaveUp = latency > timeout;
    const answeredAt = arrivedAt + (gaveUp ? timeout : latency);
    const isCutOff = answeredAt > this.windowMicros;
    recorder.serveUnseen(arrivedAt, workload, isCutOff || (!gaveUp && failure === null));
    if (isCutOff) {
      recorder.cutOff();
    } else if (gaveUp || failure !== null) {
      this.fail(arrivedAt, answeredAt, gaveUp ? 'timedOut' : failure!, user, ticket);
    } else {
      const firstAt = feed.retries!.firstAt[ticket]!;
      recorder.complete(firstAt, answeredAt - firstAt);
      feed.retries!.close(ticket);
      if (user >= 0) feed.userDone(user, answeredAt, false);
    }
  }

  /** The client of an attempt that arrived at `arrivedAt` learns at `at` that it failed. */
  fail(arrivedAt: number, at: number, kind: FailureKind, user: number, ticket: number): void {
    const { recorder, feed } = this;
    let firstAt = arrivedAt;
    if (ticket >= 0) {
      if (feed.sendAgain(ticket, kind, at)) {
        recorder.expectAgain();
        return;
      }
      firstAt = feed.retries!.firstAt[ticket]!;
      feed.retries!.close(ticket);
    }
    recorder.fail(firstAt, kind);
    if (user >= 0) feed.userDone(user, at, true);
  }
}
