import { z } from 'zod';

const SCALES: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4, Pi: 1024 ** 5 },
};
const FORM = /^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(Ki|Mi|Gi|Ti|Pi|[numkMGTP])?$/;
/** Noise of binary fractions: what is so little above a whole number is that number. */
const NOISE = 1e-6;

function readQuantity(value: string | number): number | null {
  const match = FORM.exec(String(value).trim());
  return match === null ? null : Number(match[1]! + (match[2] ?? '')) * SCALES[match[3] ?? '']!;
}

/**
 * An amount as Kubernetes writes it: `500m` of CPU, `512Mi` of memory, a plain number.
 * (Kubernetes documentation, "Resource units in Kubernetes", 2025.)
 */
export function quantitySchema(description: string, examples: readonly string[]) {
  const refusal = `must be a Kubernetes quantity\nwrite it as \`${examples[0]}\``;
  return z
    .union([z.string(), z.number()], { error: () => refusal })
    .refine((value) => (readQuantity(value) ?? Number.POSITIVE_INFINITY) < 1e15, { error: () => refusal })
    .meta({ description, examples: [...examples] });
}

/** Thousandths of a core of a CPU quantity that a schema has accepted, rounded up as Kubernetes does. */
export function cpuMilli(value: string | number): number {
  return Math.ceil(readQuantity(value)! * 1000 - NOISE);
}

/** Bytes of a memory quantity that a schema has accepted, rounded up. */
export function memoryBytes(value: string | number): number {
  return Math.ceil(readQuantity(value)! - NOISE);
}
