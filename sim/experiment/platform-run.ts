import { type Bill, type Fraction, makeBill, sum, toNumber } from '../billing/index.ts';
import { clockHourOffset } from '../kernel/clock-hours.ts';
import { mergeObservation } from '../observe/merge.ts';
import { isQueueGrowing, type Observation } from '../observe/observation.ts';
import type { PlatformPlan } from '../platforms/platform.ts';
import type { Program } from '../scenario/compile.ts';
import { type Figures, figuresOf } from './figures.ts';

/**
 * What the replications of one platform have come to so far. They are taken in by number, whatever order they
 * end in.
 */
export class PlatformRun {
  readonly name: string;
  readonly type: string;
  readonly plan: PlatformPlan;
  /** Of all replications taken in, added up; null before the first. */
  total: Observation | null = null;
  readonly bills: Bill[] = [];
  readonly figures: Figures[] = [];
  /**
   * Highest share of requests that a replication left unfinished, their clients gone or not; whether a queue
   * was growing at its end.
   */
  unfinishedShare = 0;
  queueGrowing = false;
  private readonly program: Program;
  private readonly early = new Map<number, Observation>();

  constructor(program: Program, platform: Program['platforms'][number]) {
    this.program = program;
    this.name = platform.name;
    this.type = platform.type;
    this.plan = platform.plan;
  }

  /** How many replications have been taken in. */
  get replications(): number {
    return this.bills.length;
  }

  /** A replication is complete. */
  add(replication: number, observation: Observation): void {
    this.early.set(replication, observation);
    for (;;) {
      const next = this.early.get(this.replications);
      if (next === undefined) return;
      this.early.delete(this.replications);
      this.take(next);
    }
  }

  /** Of an interrupted run: takes in what is complete although one before it is not. */
  addRest(): void {
    const rest = [...this.early].sort(([a], [b]) => a - b);
    this.early.clear();
    for (const [, observation] of rest) this.take(observation);
  }

  /** Mean of the replications' totals, exact. */
  meanUsdPerMonth(): Fraction {
    return sum(this.bills.map((bill) => bill.totalUsd)).div(this.bills.length);
  }

  private take(observation: Observation): void {
    const { base, prices, commitments } = this.program;
    const bill = makeBill(
      this.plan.meter(observation),
      prices,
      {
        monthMicros: base.billing.monthMicros,
        windowMicros: base.windowMicros,
        freeTier: base.billing.freeTier,
        hourOffsetMicros: clockHourOffset(base.startAtEpochMs),
        commitments,
      },
      this.plan.extraCosts,
    );
    this.bills.push(bill);
    this.figures.push(figuresOf(observation, base, toNumber(bill.totalUsd)));
    const { arrived, attempts, inFlight } = observation.requests;
    if (arrived > 0)
      this.unfinishedShare = Math.max(
        this.unfinishedShare,
        inFlight / arrived,
        observation.heldAtEnd / attempts,
      );
    if (isQueueGrowing(observation)) this.queueGrowing = true;
    if (this.total === null) this.total = observation;
    else mergeObservation(this.total, observation);
  }
}
