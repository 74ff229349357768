import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import type { LimitedBy } from '../../observe/observation.ts';

/** How many batches a mapping may have under way, in numbers. */
export interface MappingConcurrencyPlan {
  /** To begin with, and again when little comes. */
  readonly initial: number;
  readonly max: number;
  /** Whether `max` is the scenario's choice, and not AWS's limit. */
  readonly isMaxChosen: boolean;
}

/** Batches more in a microsecond while messages are waiting: 300 a minute. */
const PER_MICRO = 300 / MICROS_PER_MINUTE;
/** When nothing has been waiting for so long it falls, as fast as it grew. AWS does not say how. */
const CALM_MICROS = MICROS_PER_MINUTE;
/** Waiting for less of the window than this is not worth telling. */
const SHORT_SHARE = 0.01;
/** Failures take it down to this and no further. */
const MIN = 2;

/**
 * The concurrency of a mapping of Amazon SQS: five batches at a time, 300 more a minute while messages are
 * waiting, up to 1,250 (Lambda Developer Guide, services-sqs-scaling, 2026). The growth is a straight line.
 */
export class MappingConcurrency {
  private readonly plan: MappingConcurrencyPlan;
  private level: number;
  private settledAt = 0;
  private isGrowing = false;
  /** What it falls to, and from when on. */
  private floor: number;
  private fallsFrom = 0;
  /** How long messages waited while it grew, and while it could grow no more. */
  private growingMicros = 0;
  private fullMicros = 0;

  constructor(plan: MappingConcurrencyPlan) {
    this.plan = plan;
    this.level = plan.initial;
    this.floor = plan.initial;
  }

  /** How many batches there may be. */
  at(now: number): number {
    this.settle(now);
    // What is a rounding short of a whole number is one.
    return Math.floor(this.level + 1e-6);
  }

  /** Tells whether messages are waiting that it has no room for, and how many batches there are. */
  tell(now: number, areWaiting: boolean, batches: number): void {
    this.settle(now);
    this.isGrowing = areWaiting;
    this.floor = Math.max(this.plan.initial, batches);
    if (areWaiting) this.fallsFrom = now + CALM_MICROS;
  }

  /** When there will be room for one batch more; Infinity when it is not growing. */
  get growsAt(): number {
    if (!this.isGrowing || this.level >= this.plan.max) return Number.POSITIVE_INFINITY;
    const next = Math.floor(this.level + 1e-6) + 1;
    return this.settledAt + Math.max(1, Math.ceil((next - this.level) / PER_MICRO - 1e-3));
  }

  /** An invocation was refused, or failed. AWS: it "gradually backs off"; here by one batch each time. */
  backOff(now: number): void {
    this.settle(now);
    if (this.level > MIN) this.level = Math.max(MIN, this.level - 1);
  }

  /** What kept messages waiting for more than a hundredth of the time, if anything did. */
  limitedBy(windowMicros: number): LimitedBy {
    this.settle(windowMicros);
    if (this.growingMicros + this.fullMicros < SHORT_SHARE * windowMicros) return 'nothing';
    if (this.growingMicros > this.fullMicros) return 'scaling-speed';
    return this.plan.isMaxChosen ? 'concurrency' : 'quota';
  }

  private settle(now: number): void {
    const { initial, max } = this.plan;
    if (this.isGrowing && this.level >= max) this.fullMicros += now - this.settledAt;
    else if (this.isGrowing) this.growingMicros += now - this.settledAt;
    const grown = (now - this.settledAt) * PER_MICRO;
    if (this.isGrowing) {
      this.level = Math.min(max, this.level + grown);
    } else if (this.level < initial) {
      this.level = Math.min(initial, this.level + grown);
    } else if (this.level > this.floor && now > this.fallsFrom) {
      const fallen = (now - Math.max(this.settledAt, this.fallsFrom)) * PER_MICRO;
      this.level = Math.max(this.floor, this.level - fallen);
    }
    this.settledAt = now;
  }
}
