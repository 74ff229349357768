import type { ZoneFault } from '../../workload/program.ts';
import { GroupZones } from './group-zones.ts';

/**
 * The zones that tasks, hosts or nodes are spread over, and their losses and returns one after the other. A
 * group of instances of its own has more to do when that happens: `ZoneFaults`.
 */
export class ZoneWatch {
  readonly zones: GroupZones;
  private readonly faults: readonly ZoneFault[];
  private done = 0;

  /**
   * @param names letters of the zones, at least one
   * @param faults of all zones, in order of time
   */
  constructor(names: readonly string[], faults: readonly ZoneFault[]) {
    this.zones = new GroupZones(names);
    this.faults = faults.filter(({ zone }) => names.includes(zone));
  }

  /** When the next of the zones is lost or comes back; Infinity for never. */
  get nextAt(): number {
    return this.faults[this.done]?.atMicros ?? Number.POSITIVE_INFINITY;
  }

  /** Carries out what is due. @returns whether a zone is lost, and not back */
  step(): boolean {
    const { zone, isLoss } = this.faults[this.done++]!;
    this.zones.set(zone, isLoss);
    return isLoss;
  }
}
