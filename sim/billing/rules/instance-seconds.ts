import { assert } from '../../kernel/assert.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';

/** A billed life: an instance from `running`, a Fargate task from the start of its image pull. */
export interface BilledLife {
  /** At or before 0: it was running before the window began. */
  readonly startMicros: number;
  /** At or after the window's end (or Infinity): it still runs then. */
  readonly endMicros: number;
  readonly windowMicros: number;
  /** The least that a start costs: 60 s, Windows on Fargate 300 s. */
  readonly minimumMicros: number;
}

/**
 * What the window pays for one instance or task billed by the second, in microseconds.
 *
 * What lives through the whole window is paid for exactly the window. Otherwise the part inside it is
 * rounded up to whole seconds, and a start inside the window costs at least the minimum, even where the
 * window cuts it short; what was running before has paid its minimum already.
 * (EC2 User Guide, instance lifecycle: per second, 60 s minimum at every start; AWS Fargate pricing page,
 * 2026.)
 */
export function billedInstanceMicros(life: BilledLife): number {
  const { startMicros, endMicros, windowMicros, minimumMicros } = life;
  assert(endMicros >= startMicros, `a life that ends at ${endMicros} before it starts at ${startMicros}`);
  if (startMicros >= windowMicros) return 0;
  const startsInside = startMicros > 0;
  const endsInside = endMicros < windowMicros;
  if (!startsInside && !endsInside) return windowMicros;
  const usedMicros = Math.max(0, Math.min(endMicros, windowMicros) - Math.max(startMicros, 0));
  const remainder = usedMicros % MICROS_PER_SECOND;
  const roundedMicros = remainder === 0 ? usedMicros : usedMicros - remainder + MICROS_PER_SECOND;
  return startsInside ? Math.max(roundedMicros, minimumMicros) : roundedMicros;
}
