import type { Result } from '../sim/result/result.ts';
import { durationMicros, durationSchema } from '../sim/units/duration.ts';

/** Consecutive bins put together, so that a long run stays readable. */
export interface BinGroups {
  /** Bins in a group; the last group may have fewer. */
  readonly size: number;
  readonly count: number;
}

/** As many groups as needed to have at most `groupsMax`; one bin each where that is enough. */
export function groupBins(bins: number, groupsMax: number): BinGroups {
  const size = Math.max(1, Math.ceil(bins / groupsMax));
  return { size, count: Math.ceil(bins / size) };
}

function grouped(values: readonly number[], groups: BinGroups): number[][] {
  return Array.from({ length: groups.count }, (_, index) =>
    values.slice(index * groups.size, (index + 1) * groups.size),
  );
}

/** Means of groups: exact for columns that are means over their bins (capacity, busy, queue). */
export function groupMeans(values: readonly number[], groups: BinGroups): readonly number[] {
  return grouped(values, groups).map(
    (part) => part.reduce((sum, each) => sum + each, 0) / (part.length || 1),
  );
}

/** Sums of groups: exact for columns that count (arrivals, cold starts). */
export function groupSums(values: readonly number[], groups: BinGroups): readonly number[] {
  return grouped(values, groups).map((part) => part.reduce((sum, each) => sum + each, 0));
}

/** The largest of each group; null where a group has no value. Percentiles cannot be added, only bounded. */
export function groupMaxima(
  values: readonly (number | null)[],
  groups: BinGroups,
): readonly (number | null)[] {
  return Array.from({ length: groups.count }, (_, index) => {
    const part = values.slice(index * groups.size, (index + 1) * groups.size);
    return part.reduce<number | null>(
      (top, each) => (each === null ? top : Math.max(top ?? each, each)),
      null,
    );
  });
}

/** Number of bins and their length; platforms of one result share them. */
export function binsOf(result: Result): { readonly bins: number; readonly stepSeconds: number } {
  const all = Object.values(result.platforms).map((platform) => platform.timeseries);
  return {
    bins: Math.max(0, ...all.map((each) => each.columns.capacity.length)),
    stepSeconds: all[0]?.stepSeconds ?? 60,
  };
}

/** The scenario's warm-up in seconds; 0 where none is told. */
export function warmupSeconds(result: Result): number {
  const reading = durationSchema.safeParse(result.scenario.resolved.warmup);
  return reading.success ? durationMicros(reading.data) / 1e6 : 0;
}

const TIME_UNITS = [
  { unit: 's', seconds: 1 },
  { unit: 'min', seconds: 60 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'd', seconds: 86_400 },
] as const;

/** The shortest text of a length of time: `60 s` is `1 min`, `90 s` stays. */
export function formatSeconds(seconds: number): string {
  const exact = TIME_UNITS.findLast(
    (each) => seconds >= each.seconds && Number.isInteger(seconds / each.seconds),
  );
  const scale = exact ?? TIME_UNITS[0];
  return `${Number((seconds / scale.seconds).toPrecision(6))} ${scale.unit}`;
}

const TICK_STEPS_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000, 315_360_000, 3_153_600_000,
] as const;

/** Ticks of a time axis from 0, at most nine, all in one unit: `0 min`, `10 min`, `20 min`. */
export function timeTicks(
  spanSeconds: number,
): readonly { readonly seconds: number; readonly text: string }[] {
  const step = TICK_STEPS_SECONDS.find((each) => spanSeconds / each <= 8) ?? spanSeconds;
  const unit = TIME_UNITS.findLast((each) => each.seconds <= step) ?? TIME_UNITS[0];
  const ticks = [];
  for (let seconds = 0; seconds <= spanSeconds * (1 + 1e-9); seconds += step) {
    ticks.push({ seconds, text: `${Number((seconds / unit.seconds).toPrecision(6))} ${unit.unit}` });
  }
  return ticks;
}
