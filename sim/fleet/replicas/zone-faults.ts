import type { ZoneFault } from '../../workload/program.ts';
import type { GroupZones } from './group-zones.ts';

/** What a zone's loss and return do to a group. */
export interface ZoneHost {
  readonly desired: number;
  readonly max: number;
  readonly used: number;
  countInService(): number;
  isStaying(instance: number): boolean;
  /** All that an instance holds is lost, and it with it. */
  destroy(instance: number, now: number): void;
  /** Orders an instance, or notes that one is missing. */
  orderOrMiss(now: number): void;
  /** Orders those that are missing. */
  orderMissing(now: number): void;
  /** Lets the instance go that the termination policies choose. */
  drainOne(now: number): void;
}

/**
 * Loses zones and brings them back. What ran in a lost zone is not running any more, and is replaced at once
 * where there is another zone; when the zone is back the group is spread evenly again, launching before it
 * terminates (Amazon EC2 Auto Scaling User Guide, "Health checks" and "Rebalancing activities", 2023-05).
 */
export class ZoneFaults {
  private readonly faults: readonly ZoneFault[];
  private readonly zones: GroupZones;
  private readonly host: ZoneHost;
  private done = 0;
  /** Instances beyond the desired capacity, launched so that others may leave fuller zones. */
  private surplus = 0;

  /** @param faults in order of time */
  constructor(faults: readonly ZoneFault[], zones: GroupZones, host: ZoneHost) {
    this.faults = faults;
    this.zones = zones;
    this.host = host;
  }

  /** When the next zone is lost or comes back; Infinity for never. */
  get nextAt(): number {
    return this.faults[this.done]?.atMicros ?? Number.POSITIVE_INFINITY;
  }

  step(): void {
    const { zone, isLoss, atMicros: now } = this.faults[this.done++]!;
    if (!this.zones.set(zone, isLoss)) return;
    if (isLoss) this.lose(now);
    else {
      this.host.orderMissing(now);
      this.rebalance(now);
    }
  }

  /** An instance has come into service: where that makes one too many in service, another may leave. */
  entered(now: number): void {
    // What comes first may be one that was missing: to let another go for it would be to terminate first.
    if (this.surplus === 0 || this.host.countInService() <= this.host.desired) return;
    this.surplus--;
    this.host.drainOne(now);
    this.rebalance(now);
  }

  /** A launch was called off; of those that remain so many start. It may have been one too many. */
  calledOff(starting: number, now: number): void {
    if (this.surplus <= starting) return;
    this.surplus--;
    this.host.drainOne(now);
  }

  private lose(now: number): void {
    const { host, zones } = this;
    let staying = 0;
    for (let instance = 0; instance < host.used; instance++) {
      if (!zones.isLostWith(instance)) continue;
      if (host.isStaying(instance)) staying++;
      host.destroy(instance, now);
    }
    const needed = Math.max(0, staying - this.surplus);
    this.surplus = Math.max(0, this.surplus - staying);
    for (let count = 0; count < needed; count++) host.orderOrMiss(now);
  }

  /** For this the group may grow beyond its largest size by a tenth, or by one. */
  private rebalance(now: number): void {
    const { max, desired } = this.host;
    const margin = Math.max(1, Math.floor(max / 10));
    const moves = Math.min(this.zones.imbalance, max + margin - desired) - this.surplus;
    for (let count = 0; count < moves; count++) this.host.orderOrMiss(now);
    this.surplus += Math.max(0, moves);
  }
}
