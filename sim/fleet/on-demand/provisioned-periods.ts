import { MICROS_PER_MINUTE } from '../../kernel/time.ts';

const STEP_MICROS = 5 * MICROS_PER_MINUTE;

/** So many environments are paid for so long. */
export interface BilledPeriod {
  readonly startMicros: number;
  readonly billedMicros: number;
  readonly count: number;
}

/** So many environments are provisioned from a time on. */
interface Layer {
  readonly since: number;
  count: number;
}

/**
 * For how long how many environments of a function are provisioned, as it is billed: from enabling to
 * disabling, rounded up to five minutes (AWS Lambda pricing page, 2026). A period that lasts all through the
 * window is not rounded. Where the number changes, what is added and taken away again is a period of its own,
 * the last added ending first: AWS does not say how it looks at changes.
 */
export class ProvisionedPeriods {
  /** Environments × five minutes of what began or ended inside the window. */
  fiveMinutes = 0;
  /** Environments that were provisioned all through it. */
  throughout = 0;
  /** Every billed period, for bills that look at hours. */
  readonly ended: BilledPeriod[] = [];
  private readonly layers: Layer[] = [];

  add(now: number, count: number): void {
    this.layers.push({ since: now, count });
  }

  remove(now: number, count: number): void {
    for (let left = count; left > 0; ) {
      const layer = this.layers.at(-1)!;
      const ended = Math.min(left, layer.count);
      this.end(layer.since, now, ended);
      layer.count -= ended;
      left -= ended;
      if (layer.count === 0) this.layers.pop();
    }
  }

  /** The window is over. */
  close(windowMicros: number): void {
    for (const { since, count } of this.layers) {
      if (since === 0) {
        this.throughout += count;
        this.ended.push({ startMicros: 0, billedMicros: windowMicros, count });
      } else this.end(since, windowMicros, count);
    }
    this.layers.length = 0;
  }

  private end(since: number, now: number, count: number): void {
    const steps = stepsOf(now - since);
    this.fiveMinutes += count * steps;
    this.ended.push({ startMicros: since, billedMicros: steps * STEP_MICROS, count });
  }
}

function stepsOf(micros: number): number {
  return Math.ceil(micros / STEP_MICROS);
}
