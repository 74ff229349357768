// Hot: asked at every change of a worker on a host. No allocation but on growth, no closures.
import { grownFloat64, grownInt32 } from '../../kernel/typed-arrays.ts';

const NO_HOST = -1;
/** Noise of sums of binary fractions, in vCPUs. */
const NOISE = 1e-9;

/** A worker that has all that it asks for. */
export const UNLIMITED = Number.POSITIVE_INFINITY;

/**
 * CPUs of hosts that several workers share. As long as all of them together ask for no more than their host
 * has, each has what it asks for. Beyond that the host is filled like water: all get the same, none more than
 * it asks for, and what one leaves goes to the others; that is what the kernel's shares do for containers
 * with equal requests.
 */
export class HostCpus {
  /** Other workers whose grant the last `demand` has changed: the first so many of the list. */
  readonly changed: number[] = [];
  private hostOf = new Int32Array(0);
  private demands = new Float64Array(0);
  private grants = new Float64Array(0);
  private vcpus = new Float64Array(0);
  private total = new Float64Array(0);
  private readonly members: number[][] = [];

  /** Makes room for workers below `capacity`. */
  grow(capacity: number): void {
    const known = this.hostOf.length;
    this.hostOf = grownInt32(this.hostOf, capacity).fill(NO_HOST, known);
    this.demands = grownFloat64(this.demands, capacity);
    this.grants = grownFloat64(this.grants, capacity).fill(UNLIMITED, known);
  }

  /** A worker begins to run on a host. */
  join(worker: number, host: number, vcpus: number): void {
    if (host >= this.vcpus.length) {
      const capacity = Math.max(host + 1, this.vcpus.length * 2);
      this.vcpus = grownFloat64(this.vcpus, capacity);
      this.total = grownFloat64(this.total, capacity);
      while (this.members.length < capacity) this.members.push([]);
    }
    this.hostOf[worker] = host;
    this.vcpus[host] = vcpus;
    this.members[host]!.push(worker);
  }

  /** A worker runs no more; it asks for nothing by now. */
  leave(worker: number): void {
    const members = this.members[this.hostOf[worker]!]!;
    members.splice(members.indexOf(worker), 1);
    this.hostOf[worker] = NO_HOST;
    this.grants[worker] = UNLIMITED;
  }

  isOnHost(worker: number): boolean {
    return this.hostOf[worker] !== NO_HOST;
  }

  /** Most vCPUs that a worker may use now. */
  grantOf(worker: number): number {
    return this.grants[worker]!;
  }

  /**
   * A worker asks for so many vCPUs from now on.
   * @returns how many others' grants change, listed in `changed`
   */
  demand(worker: number, vcpus: number): number {
    const host = this.hostOf[worker]!;
    if (host === NO_HOST) return 0;
    const has = this.vcpus[host]!;
    const before = this.total[host]!;
    const total = before + vcpus - this.demands[worker]!;
    this.demands[worker] = vcpus;
    this.total[host] = total;
    if (before <= has + NOISE && total <= has + NOISE) return 0;
    const members = this.members[host]!;
    return this.fill(worker, members, total <= has + NOISE ? UNLIMITED : this.levelOf(members, has));
  }

  /** Grants everyone what it asks for up to a level. */
  private fill(worker: number, members: readonly number[], level: number): number {
    let count = 0;
    for (let index = 0; index < members.length; index++) {
      const member = members[index]!;
      const grant = this.demands[member]! <= level ? UNLIMITED : level;
      if (grant === this.grants[member]) continue;
      this.grants[member] = grant;
      if (member !== worker) this.changed[count++] = member;
    }
    return count;
  }

  /** The level at which the host is full; the members ask for more than it has. */
  private levelOf(members: readonly number[], has: number): number {
    let level = has / members.length;
    for (;;) {
      let left = has;
      let above = 0;
      for (let index = 0; index < members.length; index++) {
        const demand = this.demands[members[index]!]!;
        if (demand <= level) left -= demand;
        else above++;
      }
      const next = left / above;
      if (next <= level + NOISE) return level;
      level = next;
    }
  }
}
