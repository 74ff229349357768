import { MICROS_PER_SECOND } from '../../kernel/time.ts';

/** After the first failure, and at most: "incrementally increased up to a maximum of 27 minutes". */
const FIRST_MICROS = 10 * MICROS_PER_SECOND;
const MOST_MICROS = 27 * 60 * MICROS_PER_SECOND;
const FACTOR = 2;

/**
 * How a service waits before it launches again where tasks repeatedly stop before they reach RUNNING. It
 * never gives up, and a task that has reached RUNNING, whatever becomes of it, throttles nothing.
 *
 * The limit of 27 minutes is AWS's (Amazon ECS Developer Guide, "Amazon ECS service throttle logic", 2025;
 * until 2023 15 minutes). The steps are not published: from 10 s on, each twice the one before, is an
 * assumption.
 */
export class RestartThrottle {
  /** When launches go on, while somebody waits for it; else Infinity. */
  nextAt = Number.POSITIVE_INFINITY;
  private until = Number.NEGATIVE_INFINITY;
  private delayMicros = 0;

  /** Nothing is launched before the delay is over. */
  isClosed(now: number): boolean {
    return now < this.until;
  }

  /** A task failed to start. Of those that were launched together the first counts. */
  fail(now: number): void {
    if (now < this.until) return;
    this.delayMicros = Math.min(MOST_MICROS, Math.max(FIRST_MICROS, this.delayMicros * FACTOR));
    this.until = now + this.delayMicros;
    this.nextAt = this.until;
  }

  /** The delay is over. */
  open(): void {
    this.nextAt = Number.POSITIVE_INFINITY;
  }

  /** A task has reached RUNNING, or the service has another task definition. */
  reset(): void {
    this.open();
    this.until = Number.NEGATIVE_INFINITY;
    this.delayMicros = 0;
  }
}
