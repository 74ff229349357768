import { MICROS_PER_MS } from '../../kernel/time.ts';

/**
 * Billed milliseconds of one Lambda invocation: one `ceil` of duration and initialisation together, no
 * minimum.
 *
 * Since 2025-08-01 the init phase of every package and runtime is billed ("AWS Lambda standardizes billing
 * for INIT Phase", AWS Compute Blog, 2025-04-29; REPORT lines show the sum rounded once, not each part).
 *
 * @param durationMicros time in the handler, without initialisation
 * @param initMicros 0 for a warm start
 */
export function billedMs(durationMicros: number, initMicros = 0): number {
  return Math.ceil((durationMicros + initMicros) / MICROS_PER_MS);
}
