import { durationMicros, formatDuration } from '../units/duration.ts';
import type { DistributionSpec } from './index.ts';

/** Options of a law that are no durations: its name, its shape, its share in a mixture. */
const WITHOUT_UNIT = ['distribution', 'cv', 'alpha', 'weight'];

/**
 * A distribution whose every duration is that of another, times a factor, to the microsecond: every law
 * there is scales with its durations.
 * @returns undefined where the durations stand in a file
 */
export function scaledSpec(spec: DistributionSpec, factor: number): DistributionSpec | undefined {
  if (readsFile(spec)) return undefined;
  return scaled(spec, factor) as DistributionSpec;
}

function readsFile(spec: DistributionSpec): boolean {
  if (typeof spec === 'string') return false;
  if (spec.distribution === 'mixture') return spec.components.some((each) => readsFile(each));
  return spec.distribution === 'empirical' && spec.file !== undefined;
}

function scaled(value: unknown, factor: number): unknown {
  if (typeof value === 'string') return formatDuration(Math.round(durationMicros(value) * factor));
  if (Array.isArray(value)) return value.map((each) => scaled(each, factor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      WITHOUT_UNIT.includes(key) ? each : scaled(each, factor),
    ]),
  );
}
