import { clockHourCount, clockHourOffset } from '../kernel/clock-hours.ts';
import { MICROS_PER_HOUR } from '../kernel/time.ts';
import type { ProgramBase } from '../workload/program.ts';

/** One list of running counts, and where its hours are told. */
interface Followed {
  readonly counts: Float64Array;
  readonly before: Float64Array;
  readonly byHour: readonly Float64Array[];
}

/** Cuts counts that run on into clock-hours of the window: what each of them gained in each hour. */
export class HourlyCounts {
  /** When the clock-hour under way ends: `pass` is to be called before anything is counted then or later. */
  endsAt: number;
  /** By name and place in the list: `name.0`, `name.1`, …. */
  readonly usage: Record<string, Float64Array> = {};
  private hour = 0;
  private readonly hours: number;
  private readonly followed: Followed[] = [];

  constructor({ windowMicros, startAtEpochMs }: ProgramBase) {
    const offset = clockHourOffset(startAtEpochMs);
    this.hours = clockHourCount(windowMicros, offset);
    this.endsAt = MICROS_PER_HOUR - offset;
  }

  /** Counts to cut, which may only grow. */
  follow(name: string, counts: Float64Array): void {
    const byHour = Array.from(counts, () => new Float64Array(this.hours));
    byHour.forEach((each, index) => {
      this.usage[`${name}.${index}`] = each;
    });
    this.followed.push({ counts, before: new Float64Array(counts.length), byHour });
  }

  /** Time has come to `now`. */
  pass(now: number): void {
    this.close();
    while (now >= this.endsAt) {
      this.hour++;
      this.endsAt += MICROS_PER_HOUR;
    }
  }

  /** What has been counted since the last call belongs to the hour under way. */
  close(): void {
    for (const { counts, before, byHour } of this.followed) {
      for (let index = 0; index < counts.length; index++) {
        byHour[index]![this.hour]! += counts[index]! - before[index]!;
        before[index] = counts[index]!;
      }
    }
  }
}
