import type { InstancesPlan } from '../../sim/fleet/replicas/plan.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { type Agenda, TICK } from './agenda.ts';
import type { Journal } from './journal.ts';
import { wantedBy } from './scaling.ts';
import { Instance } from './server.ts';
import { firstToGo, missingInZones, zoneForOne } from './zones.ts';

const MINUTE_MICROS = 60_000_000;
/** At one instant: steps of instances' lives, faults, scheduled actions, metrics. */
const LIFE = 0;
const FAULT = 1;
const ACTION = 2;
const METRIC = 3;

/** What the fleet tells of its instances. */
interface Parts {
  readonly agenda: Agenda;
  readonly journal: Journal;
  enter(instance: Instance): void;
  lose(instance: Instance): void;
}

/** The instances of a group and the policy that says how many there should be. */
export class Fleet {
  now = 0;
  /** All that are not gone, in order of creation. */
  instances: Instance[] = [];
  private readonly plan: InstancesPlan;
  private readonly parts: Parts;
  private readonly randoms;
  private readonly threads: readonly number[];
  private desired: number;
  private created = 0;
  private entered = 0;
  private arrivedAtMetric = 0;
  private steeredAt = 0;
  private min: number;
  private max: number;
  private lost: readonly string[] = [];
  /** Wanted, with no zone to be in. */
  private missing = 0;
  /** Beyond what is desired, so that others may leave fuller zones. */
  private surplus = 0;
  private lastActivityAt = Number.NEGATIVE_INFINITY;
  private readonly points: (number | null)[][];
  /** What each policy wanted last; null for nothing. */
  private readonly votes: (number | null)[];

  constructor(plan: InstancesPlan, replication: number, parts: Parts) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    const { policies } = plan.group;
    this.plan = plan;
    this.parts = parts;
    this.randoms = { pending: random('pending'), boot: random('boot'), application: random('application') };
    this.threads = plan.program.workloads.map((each) => each.threads);
    this.desired = plan.group.initial;
    this.min = plan.group.min;
    this.max = plan.group.max;
    for (let count = 0; count < this.desired; count++) this.order(plan.group.warm);
    this.points = policies.map(() => []);
    this.votes = policies.map(() => null);
    if (policies.length > 0) this.expectMinute(MINUTE_MICROS);
    for (const fault of plan.program.faults) {
      const run = () => (fault.isLoss ? this.loseZone(fault.zone) : this.regainZone(fault.zone));
      this.parts.agenda.add({ at: fault.atMicros, phase: TICK, rank: [FAULT, 0], run });
    }
    for (const { atMicros, min, max, desired } of plan.group.schedule) {
      const run = () => {
        this.min = min ?? this.min;
        this.max = max ?? this.max;
        this.resize(desired ?? this.desired);
        // One look at the group: what the action lets go is still there when policies decide.
        if (policies.length > 0 && atMicros > 0 && atMicros % MINUTE_MICROS === 0) this.steer();
      };
      this.parts.agenda.add({ at: atMicros, phase: TICK, rank: [ACTION, 0], run });
    }
  }

  private get zones(): readonly string[] {
    return this.plan.group.zones.filter((zone) => !this.lost.includes(zone));
  }

  inService(): Instance[] {
    return this.instances.filter((each) => each.phase === 'inService');
  }

  leaveIfDrained(instance: Instance): void {
    if (instance.phase !== 'draining' || instance.jobs.length > 0) return;
    this.end(instance);
  }

  private end(instance: Instance): void {
    instance.phase = 'gone';
    this.lastActivityAt = this.now;
    if (instance.ran !== null) instance.ran.end = this.now;
    this.instances = this.instances.filter((each) => each !== instance);
  }

  private at(at: number, instance: Instance, run: () => void): void {
    this.parts.agenda.add({ at, phase: TICK, rank: [LIFE, instance.number], run });
  }

  private orderOrMiss(): void {
    if (this.zones.length === 0) this.missing++;
    else this.order(false);
  }

  private order(isWarm: boolean): void {
    const instance = new Instance(this.created++, this.plan.instance, this.threads);
    instance.zone = zoneForOne(this.zones, this.instances)!;
    this.instances.push(instance);
    this.parts.journal.orderedAt.push(this.now);
    if (isWarm) {
      this.start(instance);
      this.enterService(instance);
      instance.inServiceSince = Number.NEGATIVE_INFINITY;
      return;
    }
    const { pending, boot, applicationStart } = this.plan.instance;
    this.at(this.now + pending.sample(this.randoms.pending), instance, () => {
      if (instance.phase === 'gone') return;
      this.start(instance);
      instance.phase = 'booting';
      const toService = boot.sample(this.randoms.boot) + applicationStart.sample(this.randoms.application);
      this.at(this.now + toService, instance, () => {
        if (instance.phase === 'gone') return;
        this.enterService(instance);
        this.lastActivityAt = this.now;
        // A zone's return launches before it terminates: there must be one too many in service.
        if (this.surplus === 0 || this.inService().length <= this.desired) return;
        this.surplus--;
        this.drain(this.choose());
        this.spread();
      });
    });
  }

  /** From now on it is paid. */
  private start(instance: Instance): void {
    instance.ran = { start: this.now, end: Number.POSITIVE_INFINITY };
    instance.ranNumber = this.parts.journal.ran.push(instance.ran);
  }

  private enterService(instance: Instance): void {
    instance.phase = 'inService';
    instance.inServiceSince = this.now;
    instance.serviceNumber = this.entered++;
    this.parts.journal.capacity.push({ at: this.now, delta: 1 });
    this.parts.enter(instance);
  }

  private drain(instance: Instance): void {
    instance.phase = 'draining';
    this.parts.journal.capacity.push({ at: this.now, delta: -1 });
    this.leaveIfDrained(instance);
    this.at(this.now + this.plan.instance.deregistrationMicros, instance, () => {
      if (instance.phase !== 'draining') return;
      this.parts.lose(instance);
      this.leaveIfDrained(instance);
    });
  }

  private choose(): Instance {
    return firstToGo(this.instances, this.plan.group.terminationPolicies, this.now);
  }

  /** All that is in a zone is lost at once. */
  private loseZone(zone: string): void {
    if (!this.zones.includes(zone)) return;
    this.lost = [...this.lost, zone];
    const there = this.instances.filter((each) => each.zone === zone);
    const staying = there.filter(({ phase }) => phase !== 'draining').length;
    for (const instance of there) {
      if (instance.phase === 'inService') this.parts.journal.capacity.push({ at: this.now, delta: -1 });
      if (instance.phase === 'inService' || instance.phase === 'draining') this.parts.lose(instance);
      this.end(instance);
    }
    const needed = Math.max(0, staying - this.surplus);
    this.surplus = Math.max(0, this.surplus - staying);
    for (let count = 0; count < needed; count++) this.orderOrMiss();
  }

  private regainZone(zone: string): void {
    if (!this.lost.includes(zone)) return;
    this.lost = this.lost.filter((each) => each !== zone);
    for (; this.missing > 0; this.missing--) this.order(false);
    this.spread();
  }

  /** Launches first where too few are, beyond the largest size by a tenth or one at most. */
  private spread(): void {
    const room = this.max + Math.max(1, Math.floor(this.max / 10)) - this.desired;
    const target = Math.min(missingInZones(this.zones, this.instances), room);
    for (; this.surplus < target; this.surplus++) this.order(false);
  }

  private resize(wanted: number): void {
    const within = Math.min(this.max, Math.max(this.min, wanted));
    for (; this.desired < within; this.desired++) this.orderOrMiss();
    for (; this.desired > within; this.desired--) this.removeOne();
  }

  /** One that is missing anyway, the newest that is starting, or one in service. */
  private removeOne(): void {
    const starting = this.instances.filter(({ phase }) => phase === 'pending' || phase === 'booting').at(-1);
    if (this.missing > 0) this.missing--;
    else if (starting === undefined) this.drain(this.choose());
    else {
      this.end(starting);
      const left = this.instances.filter(({ phase }) => phase === 'pending' || phase === 'booting').length;
      if (this.surplus <= left) return;
      this.surplus--;
      this.drain(this.choose());
    }
  }

  private expectMinute(at: number): void {
    const run = () => {
      this.steer();
      this.expectMinute(at + MINUTE_MICROS);
    };
    if (at < this.plan.program.windowMicros) {
      this.parts.agenda.add({ at, phase: TICK, rank: [METRIC, 0], run });
    }
  }

  private isWarming(instance: Instance): boolean {
    if (instance.phase === 'pending' || instance.phase === 'booting') return true;
    if (instance.phase !== 'inService') return false;
    return this.now - instance.inServiceSince < this.plan.group.warmupMicros;
  }

  /** Each full minute: metrics whose period ends are read, their policies asked, the group resized. */
  private steer(): void {
    const { policies } = this.plan.group;
    const isDue = policies.map(({ periodMicros }) => this.now % periodMicros === 0);
    if (!isDue.includes(true) || this.steeredAt === this.now) return;
    this.steeredAt = this.now;
    const isRead = (metric: string) => policies.some((each, index) => isDue[index] && each.metric === metric);
    const cpu = isRead('cpu-percent') ? this.readCpu() : null;
    const requests = isRead('requests-per-target-minute') ? this.readRequests() : null;
    const isMoving = this.instances.some(({ phase }) => phase !== 'inService');
    const group = {
      now: this.now,
      desired: this.desired,
      warming: this.instances.filter((each) => this.isWarming(each)).length,
      lastActivityAt: isMoving ? Number.POSITIVE_INFINITY : this.lastActivityAt,
    };
    policies.forEach((policy, index) => {
      if (!isDue[index]) return;
      const { value, targets } = (policy.metric === 'cpu-percent' ? cpu : requests)!;
      this.points[index]!.push(value);
      this.votes[index] = wantedBy(policy, this.points[index]!, { ...group, targets });
    });
    const said = this.votes.filter((vote) => vote !== null);
    const wanted = said.length === 0 ? this.desired : Math.max(...said);
    this.resize(group.warming > 0 ? Math.max(this.desired, wanted) : wanted);
  }

  /** Mean CPU utilisation of those that have warmed up, over the time since it was last read. */
  private readCpu(): { value: number | null; targets: number } {
    const { vcpus } = this.plan.instance;
    const period = this.plan.group.policies.find(({ metric }) => metric === 'cpu-percent')!.periodMicros;
    const warm = this.inService().filter((each) => !this.isWarming(each));
    const shares = warm.map((each) => (each.used - each.usedAtMetric) / (vcpus * period));
    for (const instance of this.instances) instance.usedAtMetric = instance.used;
    const total = 100 * shares.reduce((sum, share) => sum + share, 0);
    // To six decimals: sums of fractions come out a little different in another order.
    const value = Math.round((total / warm.length) * 1e6) / 1e6;
    return { value: warm.length === 0 ? null : value, targets: warm.length };
  }

  /** Requests of the last minute for each instance in service. */
  private readRequests(): { value: number | null; targets: number } {
    const targets = this.inService().length;
    const count = this.parts.journal.attempts.length - this.arrivedAtMetric;
    this.arrivedAtMetric += count;
    return { value: targets === 0 ? null : count / targets, targets };
  }
}
