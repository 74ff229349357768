import { assert } from '../../kernel/assert.ts';
import { clockHourCount } from '../../kernel/clock-hours.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import type { ClockHours } from '../hourly-usage.ts';

/** When instances ran. Infinity: still at the window's end. */
export interface RunningSpans {
  readonly startMicros: readonly number[];
  readonly endMicros: readonly number[];
}

/**
 * Reserved capacity that no instance used, in instance-microseconds by clock-hour. It is charged at the
 * on-demand rate for as long as nothing runs in it; an instance in it pays for itself alone.
 * (Amazon EC2 User Guide, Capacity Reservation pricing and billing, 2023-05.)
 */
export function unusedCapacityByHour(spans: RunningSpans, reserved: number, hours: ClockHours): Float64Array {
  const { windowMicros, offsetMicros } = hours;
  const counts = new Float64Array(clockHourCount(windowMicros, offsetMicros));
  let running = 0;
  let from = 0;
  for (const { at, change } of changesWithin(spans, windowMicros)) {
    addSpan(counts, from + offsetMicros, at + offsetMicros, Math.max(0, reserved - running));
    running += change;
    from = at;
  }
  assert(running >= 0, 'an instance ended that had not started');
  addSpan(counts, from + offsetMicros, windowMicros + offsetMicros, Math.max(0, reserved - running));
  return counts;
}

/** Starts and ends inside the window, in order of time. */
function changesWithin(spans: RunningSpans, windowMicros: number): { at: number; change: number }[] {
  const starts = spans.startMicros.map((at) => ({ at: Math.max(0, at), change: 1 }));
  const ends = spans.endMicros.map((at) => ({ at: Math.max(0, at), change: -1 }));
  return [...starts, ...ends]
    .filter(({ at }) => at < windowMicros)
    .sort((a, b) => a.at - b.at || b.change - a.change);
}

function addSpan(counts: Float64Array, from: number, to: number, level: number): void {
  for (let at = from; level > 0 && at < to; ) {
    const hour = Math.floor(at / MICROS_PER_HOUR);
    const end = Math.min(to, (hour + 1) * MICROS_PER_HOUR);
    counts[hour]! += (end - at) * level;
    at = end;
  }
}
