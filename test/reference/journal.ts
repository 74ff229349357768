import type { FailureKind } from '../../sim/observe/failure-kind.ts';
import type { ThrottleReason } from '../../sim/observe/throttle-reason.ts';

/** What became of a request, as its client sees it within the window. */
export type Fate = 'completed' | 'inFlight' | FailureKind;

export interface RequestNote {
  /** When it came first. */
  readonly at: number;
  readonly workload: number;
  fate: Fate;
  /** Of a completed request, from its first attempt on. */
  latency: number;
}

/** One of the times that a request came. */
export interface AttemptNote {
  readonly at: number;
  readonly workload: number;
  /** Whether a worker was started for it. */
  cold: boolean;
  /** Whether a worker took it in. */
  served: boolean;
  /** Whether it failed for its client, or was lost. */
  failed: boolean;
}

/** A level changes by `delta`. */
export interface Step {
  readonly at: number;
  readonly delta: number;
}

/** Something stood at `level` over [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** All that happened, noted one by one. Sums are made of it afterwards. */
export class Journal {
  readonly requests: RequestNote[] = [];
  readonly attempts: AttemptNote[] = [];
  readonly capacity: Step[] = [];
  readonly queue: Step[] = [];
  readonly busy: Span[] = [];
  /** When workers were ordered. */
  readonly orderedAt: number[] = [];
  /** When paid instances ran; Infinity for the end of those that still do. */
  readonly ran: { start: number; end: number }[] = [];
  readonly usage: Record<string, number> = {};
  readonly throttles: Partial<Record<ThrottleReason, number>> = {};
  limitedBy: string | null = null;

  note(at: number, workload: number): RequestNote {
    const note: RequestNote = { at, workload, fate: 'inFlight', latency: 0 };
    this.requests.push(note);
    return note;
  }

  attempt(at: number, workload: number): AttemptNote {
    const note: AttemptNote = { at, workload, cold: false, served: false, failed: false };
    this.attempts.push(note);
    return note;
  }
}

/** A level over time as spans, the last one up to `end`. */
export function spansOf(steps: readonly Step[], end: number): Span[] {
  let level = 0;
  return steps.map(({ at, delta }, index) => {
    level += delta;
    return { from: at, to: steps[index + 1]?.at ?? end, level };
  });
}

/** Level × time within [from, to). */
export function areaOf(spans: readonly Span[], from: number, to: number): number {
  return spans.reduce((sum, span) => {
    const length = Math.min(span.to, to) - Math.max(span.from, from);
    return sum + (length > 0 ? length * span.level : 0);
  }, 0);
}

/** The highest level from `from` on: one that lasted, or that was reached for a moment. */
export function peakOf(spans: readonly Span[], from: number): number {
  return Math.max(
    0,
    ...spans.filter((span) => span.from >= from || span.to > from).map((span) => span.level),
  );
}
