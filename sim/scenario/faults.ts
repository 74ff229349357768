import { z } from 'zod';
import { zoneLetter, zoneProblem } from '../platforms/shared/availability-zones.ts';
import { zoneSchema } from '../platforms/shared/zone-options.ts';
import type { Problem } from '../problems/problem.ts';
import { durationMicros, durationSchema } from '../units/duration.ts';
import type { ZoneFault } from '../workload/program.ts';

const FAULTS_MAX = 1_000;

const azLoss = z
  .strictObject({
    kind: z.literal('az-loss').meta({ description: 'an Availability Zone is lost with all that runs there' }),
    at: durationSchema.meta({ description: 'how long after t = 0' }),
    zone: zoneSchema,
    duration: durationSchema
      .optional()
      .meta({ description: 'until the zone is there again; default to the end of the window' }),
  })
  .meta({ description: 'a fault to inject' });

export type FaultSpec = z.output<typeof azLoss>;

/** Faults that a scenario injects, on every platform alike. */
export const faultsSchema = z
  .array(azLoss)
  .max(FAULTS_MAX)
  .default([])
  .meta({ description: 'faults to inject, on every platform alike' });

/** The losses and returns of zones, in order of time; losses of one zone that overlap are one. */
export function planFaults(faults: readonly FaultSpec[]): ZoneFault[] {
  const spans = faults.map(({ at, zone, duration }) => {
    const from = durationMicros(at);
    return {
      zone: zoneLetter(zone),
      from,
      to: duration === undefined ? Number.POSITIVE_INFINITY : from + durationMicros(duration),
    };
  });
  const merged: { zone: string; from: number; to: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const open = merged.find(({ zone, to }) => zone === span.zone && to >= span.from);
    if (open === undefined) merged.push({ ...span });
    else open.to = Math.max(open.to, span.to);
  }
  return merged
    .flatMap(({ zone, from, to }) => [
      { atMicros: from, zone, isLoss: true },
      { atMicros: to, zone, isLoss: false },
    ])
    .filter(({ atMicros }) => Number.isFinite(atMicros))
    .sort((a, b) => a.atMicros - b.atMicros || (a.zone < b.zone ? -1 : 1));
}

/** Zones of faults that the region does not have. */
export function faultProblems(faults: readonly FaultSpec[], region: string): Problem[] {
  return faults.flatMap(({ zone }, index) => zoneProblem(zone, region, ['faults', index, 'zone']) ?? []);
}
