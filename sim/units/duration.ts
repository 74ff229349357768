import {
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_MS,
  MICROS_PER_SECOND,
} from '../kernel/time.ts';
import { mustRead, splitUnit, type UnitReading, unitSchema } from './unit-text.ts';

const MICROS_PER_UNIT: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: MICROS_PER_MS,
  s: MICROS_PER_SECOND,
  m: MICROS_PER_MINUTE,
  min: MICROS_PER_MINUTE,
  h: MICROS_PER_HOUR,
  d: MICROS_PER_DAY,
  w: 7 * MICROS_PER_DAY,
};
/** Longest first; the words that formatting uses. */
const FORMAT_UNITS = ['d', 'h', 'm', 's', 'ms', 'us'] as const;
/** A hundred years: longer is a slip, and microseconds stay exact integers well below 2^53. */
const MICROS_MAX = 36_525 * MICROS_PER_DAY;

/** What people write for the units. */
const OTHER_NAMES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ...{ usec: 'us', msec: 'ms', msecs: 'ms', millis: 'ms', milliseconds: 'ms', sec: 's', secs: 's' },
  ...{ second: 's', seconds: 's', mins: 'm', minute: 'm', minutes: 'm', hr: 'h', hrs: 'h', hour: 'h' },
  ...{ hours: 'h', day: 'd', days: 'd', week: 'w', weeks: 'w' },
});

function readDuration(text: string | number): UnitReading {
  if (typeof text === 'number')
    return { ok: false, help: `add a unit: \`${text}s\`, \`${text}ms\` or \`${text}m\`` };
  const parts = /^\s*\d/.test(text) ? text.match(/[\d.]+(?:[eE][+-]?\d+)?\s*[A-Za-zµ]*/g) : [text];
  let micros = 0;
  for (const part of parts ?? [text]) {
    const split = splitUnit(part);
    if (split === null)
      return { ok: false, help: 'a number and a unit (us ms s m h d w), such as `400ms` or `1h30m`' };
    if (split.unit === '')
      return {
        ok: false,
        help: `add a unit: \`${part.trim()}s\`, \`${part.trim()}ms\` or \`${part.trim()}m\``,
      };
    const unit = MICROS_PER_UNIT[split.unit];
    if (unit === undefined) {
      const meant = OTHER_NAMES[split.unit.toLowerCase()];
      const remedy =
        meant === undefined ? 'us, ms, s, m, h, d or w' : `did you mean \`${split.amount}${meant}\`?`;
      return { ok: false, help: `\`${split.unit}\` is no unit of time: ${remedy}` };
    }
    micros += split.amount * unit;
  }
  if ((parts ?? [text]).join('').replaceAll(/\s/g, '') !== text.replaceAll(/\s/g, '')) {
    return { ok: false, help: 'a number and a unit (us ms s m h d w), such as `400ms` or `1h30m`' };
  }
  if (micros > MICROS_MAX) return { ok: false, help: 'at most 36525d (a hundred years)' };
  return { ok: true, value: Math.round(micros) };
}

/** A duration as scenario files write it: `400ms`, `5m`, `1h30m`, `0s`. */
export const durationSchema = unitSchema(
  {
    what: 'a duration',
    description:
      'A duration: a number with its unit (us, ms, s, m, h, d, w); parts may follow each other, as in 1h30m.',
    examples: ['400ms', '5m', '1h30m'],
  },
  readDuration,
);

/** Whole microseconds of a duration text that `durationSchema` has accepted. */
export function durationMicros(text: string): number {
  return mustRead(readDuration, text);
}

/** An exact text of a duration: `90s`, `1.5ms`, `7d`. Read back, it gives the same microseconds. */
export function formatDuration(micros: number): string {
  if (micros === 0) return '0s';
  const whole = FORMAT_UNITS.find((each) => micros % MICROS_PER_UNIT[each]! === 0) ?? 'us';
  const unit = whole === 'ms' || whole === 'us' ? readableUnit(micros) : whole;
  return `${micros / MICROS_PER_UNIT[unit]!}${unit}`;
}

/** Parts of a second are seconds with a fraction: where that is exact, and not below one. */
function readableUnit(micros: number): (typeof FORMAT_UNITS)[number] {
  const isExact = (size: number) => micros >= size && Math.round((micros / size) * size) === micros;
  if (isExact(MICROS_PER_SECOND)) return 's';
  return isExact(MICROS_PER_MS) ? 'ms' : 'us';
}
