import { grownUint8 } from '../../kernel/typed-arrays.ts';

/**
 * The Availability Zones of a group and how many instances each holds that are not leaving. A new instance
 * goes where there are fewest, of several to the first (Amazon EC2 Auto Scaling User Guide, "Instance
 * distribution", 2023-05).
 */
export class GroupZones {
  private readonly names: readonly string[];
  private readonly counts: Int32Array;
  private readonly isLost: Uint8Array;
  private zoneOf = new Uint8Array(0);

  constructor(names: readonly string[]) {
    this.names = names;
    this.counts = new Int32Array(names.length);
    this.isLost = new Uint8Array(names.length);
  }

  grow(capacity: number): void {
    this.zoneOf = grownUint8(this.zoneOf, capacity);
  }

  /** Whether there is a zone to launch in. */
  get canLaunch(): boolean {
    return this.isLost.includes(0);
  }

  order(instance: number): void {
    let chosen = -1;
    for (let zone = 0; zone < this.counts.length; zone++) {
      if (this.isLost[zone] === 1) continue;
      if (chosen < 0 || this.counts[zone]! < this.counts[chosen]!) chosen = zone;
    }
    this.zoneOf[instance] = chosen;
    this.counts[chosen]!++;
  }

  /** The position of an instance's zone among the names. */
  of(instance: number): number {
    return this.zoneOf[instance]!;
  }

  /** How many a zone holds that are not leaving. */
  count(zone: number): number {
    return this.counts[zone]!;
  }

  /** An instance is on its way out. */
  leave(instance: number): void {
    this.counts[this.zoneOf[instance]!]!--;
  }

  /** Whether an instance is in the zone that holds most, or in one that holds as many. */
  isInFullest(instance: number): boolean {
    const count = this.counts[this.zoneOf[instance]!]!;
    for (const other of this.counts) if (other > count) return false;
    return true;
  }

  /** Whether an instance is in a zone that is lost. */
  isLostWith(instance: number): boolean {
    return this.isLost[this.zoneOf[instance]!] === 1;
  }

  /** A zone is lost, or is there again. @returns whether the group has that zone */
  set(name: string, isLost: boolean): boolean {
    const zone = this.names.indexOf(name);
    if (zone >= 0) this.isLost[zone] = isLost ? 1 : 0;
    return zone >= 0;
  }

  /** How many instances would have to move for all zones that are there to hold as many, but for one. */
  get imbalance(): number {
    const there = Array.from(this.counts).filter((_, zone) => this.isLost[zone] === 0);
    const total = there.reduce((sum, count) => sum + count, 0);
    const share = Math.floor(total / there.length);
    return there.reduce((sum, count) => sum + Math.max(0, share - count), 0);
  }
}
