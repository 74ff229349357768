import {
  type Bill,
  type Fraction,
  integerFraction,
  makeBill,
  ratio,
  sum,
  toNumber,
} from '../billing/index.ts';
import { clockHourOffset } from '../kernel/clock-hours.ts';
import { mergeObservation } from '../observe/merge.ts';
import { isQueueGrowing, type Observation } from '../observe/observation.ts';
import type { PlatformPlan } from '../platforms/platform.ts';
import type { BillLine } from '../result/result.ts';
import type { Program } from '../scenario/compile.ts';
import { type Figures, figuresOf } from './figures.ts';
import { hostUsdPerMonth } from './host-cost.ts';

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
  /** What hosts used in the windows of all replications, by price. */
  private readonly hostUsage = new Map<string, Fraction>();
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

  /** What hosts cost a month, the mean of the replications. @param lines the mean bill */
  hostUsdPerMonth(lines: readonly BillLine[]): number {
    const { base, prices } = this.program;
    const scale = ratio(base.billing.monthMicros, base.windowMicros).div(this.replications);
    const usage = [...this.hostUsage].map(([id, quantity]) => {
      return { line: prices.price(id).line, quantity: toNumber(quantity.mul(scale)) };
    });
    return hostUsdPerMonth(usage, lines, (id) => Number(prices.price(id).tiers[0]!.usd));
  }

  private take(observation: Observation): void {
    const { base, prices, commitments } = this.program;
    const readings = this.plan.meter(observation);
    for (const { isHost, priceId, quantity } of readings)
      if (isHost)
        this.hostUsage.set(priceId, quantity.add(this.hostUsage.get(priceId) ?? integerFraction(0)));
    const bill = makeBill(
      readings,
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
