// Hot: two updates for every request. No allocation but on growth, no closures.
import { HeapPool } from '../../kernel/heap-pool.ts';
import { IndexedHeap } from '../../kernel/indexed-heap.ts';
import { grownFloat64 } from '../../kernel/typed-arrays.ts';
import { type CpuCreditPlan, CpuCredits } from './cpu-credits.ts';
import { HostCpus } from './host-cpus.ts';

/**
 * A request is done when less than this much of its time is left: far below the microsecond that times are
 * rounded to.
 */
const DUE_MICROS = 0.002;
const DUE_WORK_MICROS = 1e-4;

/** The CPU of each instance, in numbers. */
export interface ProcessorPlan {
  /** Fractions too. */
  readonly vcpus: number;
  /** CPU speed relative to the reference vCPU. */
  readonly speed: number;
  /** Of burstable types; absent where an instance has all of its CPU all of the time. */
  readonly cpuCredits?: CpuCreditPlan | null;
  /** Whether several workers share the CPUs of a host. */
  readonly sharesHosts?: boolean;
}

/**
 * The CPUs of all instances, shared by the requests on them.
 *
 * An instance's vCPUs are filled like water: all requests get the same share, none more than it has threads
 * for, and what one cannot use goes to the others. Requests of one thread count ("class") always have had the
 * same service, so a virtual clock per class says it all: it runs at the class's rate, a request that comes
 * at virtual time V with work W is done at V + W, and the earliest of those leads to the instance's next
 * completion (Zhang 1990, "Virtual Clock"; Yashkov 1987 on processor sharing). An arrival or a departure
 * costs one step in a heap of the class and one in the heap of instances, however many requests share the
 * CPU.
 */
export class Processors {
  /** When each instance's next request is through with the CPU. */
  readonly next = new IndexedHeap(0);
  /** CPU time used by all instances, in vCPU-microseconds up to each one's last settlement. */
  busyMicros = 0;
  /** The same of each instance. */
  busyOf = new Float64Array(0);
  /** What it was when the instance of now began to run: numbers are used again. */
  private busyAtLaunch = new Float64Array(0);
  /** Null where an instance has all of its CPU all of the time. */
  readonly credits: CpuCredits | null;
  /** Null where every worker has CPUs of its own. */
  private readonly hosts: HostCpus | null;
  private readonly vcpus: number;
  private readonly speed: number;
  private readonly classCaps: Float64Array;
  private readonly classOfWorkload: Int32Array;
  /** All requests have one thread count; no credits say how much CPU there is; and no neighbours do. */
  private readonly isOneClass: boolean;
  private readonly isWithoutCredits: boolean;
  private readonly isPlain: boolean;
  private virtual = new Float64Array(0);
  private rates = new Float64Array(0);
  private settledAt = new Float64Array(0);
  /** Of each instance and class: the requests on the CPU, by the virtual time at which each is through. */
  private readonly lines = new HeapPool(new Float64Array(0));

  /** @param threads by workload: how many vCPUs one request can use */
  constructor(machine: ProcessorPlan, threads: readonly number[]) {
    const { vcpus, cpuCredits } = machine;
    this.vcpus = vcpus;
    this.speed = machine.speed;
    this.credits = cpuCredits == null ? null : new CpuCredits(cpuCredits);
    this.hosts = machine.sharesHosts === true ? new HostCpus() : null;
    const caps = [...new Set(threads.map((each) => Math.min(each, vcpus)))].sort((a, b) => a - b);
    this.classCaps = Float64Array.from(caps);
    this.classOfWorkload = Int32Array.from(threads, (each) => caps.indexOf(Math.min(each, vcpus)));
    this.isOneClass = caps.length === 1;
    this.isWithoutCredits = this.isOneClass && this.credits === null;
    this.isPlain = this.isWithoutCredits && this.hosts === null;
  }

  /** Makes room for instances below `capacity`; `created` breaks ties between them, `order` between rows. */
  grow(capacity: number, created: Float64Array, order: Float64Array): void {
    const classes = this.classCaps.length;
    this.next.grow(capacity);
    this.next.order = created;
    this.busyOf = grownFloat64(this.busyOf, capacity);
    this.busyAtLaunch = grownFloat64(this.busyAtLaunch, capacity);
    this.settledAt = grownFloat64(this.settledAt, capacity);
    this.virtual = grownFloat64(this.virtual, capacity * classes);
    this.rates = grownFloat64(this.rates, capacity * classes);
    this.credits?.grow(capacity);
    this.hosts?.grow(capacity);
    this.lines.order = order;
    this.lines.grow(capacity * classes);
  }

  /** Tells all lines of the table's new column when it has grown. */
  useOrder(order: Float64Array): void {
    this.lines.order = order;
  }

  /** An instance runs from now on, on a host of so many vCPUs if it shares one. */
  launch(instance: number, now: number, host: number, hostVcpus: number): void {
    this.settle(instance, now);
    this.busyAtLaunch[instance] = this.busyOf[instance]!;
    this.hosts?.join(instance, host, hostVcpus);
    this.credits?.open(instance, now, this.busyOf[instance]!);
  }

  /** An instance runs no more. */
  terminate(instance: number, now: number): void {
    this.settle(instance, now);
    this.credits?.close(instance);
    if (this.hosts === null || !this.hosts.isOnHost(instance)) return;
    this.share(instance, now);
    this.hosts.leave(instance);
  }

  /** CPU time of an instance since `busyOf` was `before`, without that of one that had its number before. */
  usedSince(instance: number, before: number): number {
    return this.busyOf[instance]! - Math.max(before, this.busyAtLaunch[instance]!);
  }

  /** Brings an instance's clocks and account up to `now`. */
  settle(instance: number, now: number): void {
    const elapsed = now - this.settledAt[instance]!;
    this.settledAt[instance] = now;
    if (elapsed <= 0) return;
    const used = this.serve(instance, elapsed) / this.speed;
    this.busyOf[instance]! += used;
    this.busyMicros += used;
    if (this.credits !== null) this.credits.settle(instance, now, this.busyOf[instance]!);
  }

  /** Advances an instance's clocks. @returns the work done meanwhile, in reference vCPU-microseconds */
  private serve(instance: number, elapsed: number): number {
    if (this.isOneClass) {
      const count = this.lines.size[instance]!;
      if (count === 0) return 0;
      const served = this.rates[instance]! * elapsed;
      this.virtual[instance]! += served;
      return served * count;
    }
    const classes = this.classCaps.length;
    let used = 0;
    for (let index = instance * classes; index < (instance + 1) * classes; index++) {
      const count = this.lines.size[index]!;
      if (count === 0) continue;
      const served = this.rates[index]! * elapsed;
      this.virtual[index]! += served;
      used += served * count;
    }
    return used;
  }

  /** Puts a request on the CPU, with `work` microseconds on a reference vCPU to do. */
  add(instance: number, row: number, workload: number, work: number, now: number): void {
    this.settle(instance, now);
    const index = instance * this.classCaps.length + this.classOfWorkload[workload]!;
    if (this.lines.size[index] === 0) this.virtual[index] = 0;
    this.lines.push(index, this.virtual[index]! + work, row);
    this.share(instance, now);
  }

  /**
   * Takes a request off the CPU that is through by now. Ask until it says -1, then `share`.
   * @returns its row, or -1 when none is
   */
  takeDue(instance: number): number {
    if (this.isOneClass) return this.takeDueOf(instance);
    const classes = this.classCaps.length;
    for (let index = instance * classes; index < (instance + 1) * classes; index++) {
      const row = this.takeDueOf(index);
      if (row >= 0) return row;
    }
    return -1;
  }

  /** The same of one class. */
  private takeDueOf(index: number): number {
    // That of an empty line is infinite.
    const left = this.lines.nextTimeOf(index) - this.virtual[index]!;
    return left <= DUE_WORK_MICROS || left <= DUE_MICROS * this.rates[index]! ? this.lines.pop(index) : -1;
  }

  /** Takes any request off the CPU, done or not. @returns its row, or -1 when there is none */
  takeAny(instance: number): number {
    const classes = this.classCaps.length;
    for (let index = instance * classes; index < (instance + 1) * classes; index++) {
      if (this.lines.size[index]! > 0) return this.lines.pop(index);
    }
    return -1;
  }

  /** Divides the vCPUs among the requests that are on them now, and finds the next completion. */
  share(instance: number, now: number): void {
    if (this.isPlain) {
      this.dividePlainly(instance, now, this.vcpus, 1);
      return;
    }
    if (this.hosts !== null) this.shareHost(this.hosts, instance, now);
    this.divideAny(instance, now, 1);
  }

  /** As `divide`, where all requests get the same and no credits count, as in most groups. */
  private dividePlainly(instance: number, now: number, limit: number, soonest: number): void {
    const requests = this.lines.size[instance]!;
    if (requests === 0) {
      this.next.remove(instance);
      return;
    }
    const cap = this.classCaps[0]!;
    const share = limit / requests;
    const rate = (cap < share ? cap : share) * this.speed;
    this.rates[instance] = rate;
    const left = Math.ceil(
      (this.lines.nextTimeOf(instance) - this.virtual[instance]!) / rate - DUE_MICROS / 2,
    );
    this.next.set(instance, now + (left < soonest ? soonest : left));
  }

  /** Asks the host for what an instance can use, and divides anew where that changes what others have. */
  private shareHost(hosts: HostCpus, instance: number, now: number): void {
    const wanted = this.wantedBy(instance);
    const changed = hosts.demand(instance, wanted < this.vcpus ? wanted : this.vcpus);
    for (let index = 0; index < changed; index++) {
      this.settle(hosts.changed[index]!, now);
      this.divideAny(hosts.changed[index]!, now, 0);
    }
  }

  private divideAny(instance: number, now: number, soonest: number): void {
    if (!this.isWithoutCredits || this.hosts === null) {
      this.divide(instance, now, soonest);
      return;
    }
    const grant = this.hosts.grantOf(instance);
    this.dividePlainly(instance, now, grant < this.vcpus ? grant : this.vcpus, soonest);
  }

  /** vCPUs that the requests on an instance could use together. */
  private wantedBy(instance: number): number {
    if (this.isOneClass) return this.lines.size[instance]! * this.classCaps[0]!;
    const classes = this.classCaps.length;
    let wanted = 0;
    for (let each = 0; each < classes; each++) {
      wanted += this.lines.size[instance * classes + each]! * this.classCaps[each]!;
    }
    return wanted;
  }

  /** @param soonest of another instance, a request may be through at this very moment: 0; else 1 */
  private divide(instance: number, now: number, soonest: number): void {
    const classes = this.classCaps.length;
    const first = instance * classes;
    let requests = 0;
    for (let index = first; index < first + classes; index++) requests += this.lines.size[index]!;
    if (requests === 0) {
      if (this.credits !== null) this.credits.spend(instance, now, 0);
      this.next.remove(instance);
      return;
    }
    let limit = this.credits === null ? this.vcpus : this.credits.limitAt(instance);
    if (this.hosts !== null && this.hosts.grantOf(instance) < limit) limit = this.hosts.grantOf(instance);
    let vcpus = limit;
    let nextAt = Number.POSITIVE_INFINITY;
    for (let index = first; index < first + classes; index++) {
      const count = this.lines.size[index]!;
      if (count === 0) continue;
      const cap = this.classCaps[index - first]!;
      const share = vcpus / requests;
      const used = cap < share ? cap : share;
      vcpus -= used * count;
      requests -= count;
      const rate = used * this.speed;
      this.rates[index] = rate;
      const left = Math.ceil((this.lines.nextTimeOf(index) - this.virtual[index]!) / rate - DUE_MICROS / 2);
      const at = now + (left < soonest ? soonest : left);
      if (at < nextAt) nextAt = at;
    }
    if (this.credits !== null) {
      // Credits that run out change the shares, as a request that leaves does.
      const emptyAt = this.credits.spend(instance, now, limit - vcpus);
      if (emptyAt < nextAt) nextAt = emptyAt;
    }
    this.next.set(instance, nextAt);
  }
}
