import type { InstancesPlan } from '../../sim/fleet/replicas/plan.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { type Agenda, TICK } from './agenda.ts';
import type { Journal } from './journal.ts';
import { Instance } from './server.ts';
import { type MetricPoints, wantedByTargetTracking } from './target-tracking.ts';

const HOUR_MICROS = 3_600_000_000;
const MINUTE_MICROS = 60_000_000;
/** Steps of instances' lives come before metrics at one instant. */
const LIFE = 0;
const METRIC = 1;

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
  private readonly points: MetricPoints[];
  /** What each policy wanted last; null for nothing. */
  private readonly votes: (number | null)[];

  constructor(plan: InstancesPlan, replication: number, parts: Parts) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    this.plan = plan;
    this.parts = parts;
    this.randoms = { pending: random('pending'), boot: random('boot'), application: random('application') };
    this.threads = plan.program.workloads.map((each) => each.threads);
    this.desired = plan.group.initial;
    for (let count = 0; count < this.desired; count++) this.order(plan.group.warm);
    this.points = plan.group.policies.map(() => []);
    this.votes = plan.group.policies.map(() => null);
    if (plan.group.policies.length > 0) this.expectMinute(MINUTE_MICROS);
  }

  inService(): Instance[] {
    return this.instances.filter((each) => each.phase === 'inService');
  }

  leaveIfDrained(instance: Instance): void {
    if (instance.phase !== 'draining' || instance.jobs.length > 0) return;
    instance.phase = 'gone';
    instance.ran!.end = this.now;
    this.instances = this.instances.filter((each) => each !== instance);
  }

  private at(at: number, instance: Instance, run: () => void): void {
    this.parts.agenda.add({ at, phase: TICK, rank: [LIFE, instance.number], run });
  }

  private order(isWarm: boolean): void {
    const instance = new Instance(this.created++, this.plan.instance, this.threads);
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
      this.start(instance);
      instance.phase = 'booting';
      const toService = boot.sample(this.randoms.boot) + applicationStart.sample(this.randoms.application);
      this.at(this.now + toService, instance, () => this.enterService(instance));
    });
  }

  /** From now on it is paid. */
  private start(instance: Instance): void {
    instance.ran = { start: this.now, end: Number.POSITIVE_INFINITY };
    this.parts.journal.ran.push(instance.ran);
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

  /** The one closest to its next billing hour; of several, the one that has run longest. */
  private choose(): Instance {
    const intoHour = (each: Instance) => (this.now - each.ran!.start) % HOUR_MICROS;
    const { ran } = this.parts.journal;
    return this.inService().sort(
      (a, b) => intoHour(b) - intoHour(a) || ran.indexOf(a.ran!) - ran.indexOf(b.ran!),
    )[0]!;
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
    const { policies, min, max } = this.plan.group;
    const isDue = policies.map(({ periodMicros }) => this.now % periodMicros === 0);
    if (!isDue.includes(true)) return;
    const isRead = (metric: string) => policies.some((each, index) => isDue[index] && each.metric === metric);
    const cpu = isRead('cpu-percent') ? this.readCpu() : null;
    const requests = isRead('requests-per-target-minute') ? this.readRequests() : null;
    policies.forEach((policy, index) => {
      if (!isDue[index]) return;
      const { value, targets } = (policy.metric === 'cpu-percent' ? cpu : requests)!;
      this.points[index]!.push(value);
      if (policy.kind !== 'target-tracking') throw new Error(`the reference knows no ${policy.kind}`);
      this.votes[index] = wantedByTargetTracking(policy, this.points[index]!, targets, this.desired);
    });
    const said = this.votes.filter((vote) => vote !== null);
    const wanted = Math.min(max, Math.max(min, said.length === 0 ? this.desired : Math.max(...said)));
    if (wanted < this.desired && this.instances.some((each) => this.isWarming(each))) return;
    for (; this.desired < wanted; this.desired++) this.order(false);
    for (; this.desired > wanted; this.desired--) this.drain(this.choose());
  }

  /** Mean CPU utilisation of those that have warmed up, over the time since it was last read. */
  private readCpu(): { value: number | null; targets: number } {
    const { vcpus } = this.plan.instance;
    const period = this.plan.group.policies.find(({ metric }) => metric === 'cpu-percent')!.periodMicros;
    const warm = this.inService().filter((each) => !this.isWarming(each));
    const shares = warm.map((each) => (each.used - each.usedAtMetric) / (vcpus * period));
    for (const instance of this.instances) instance.usedAtMetric = instance.used;
    const total = 100 * shares.reduce((sum, share) => sum + share, 0);
    return { value: warm.length === 0 ? null : total / warm.length, targets: warm.length };
  }

  /** Requests of the last minute for each instance in service. */
  private readRequests(): { value: number | null; targets: number } {
    const targets = this.inService().length;
    const count = this.parts.journal.attempts.length - this.arrivedAtMetric;
    this.arrivedAtMetric += count;
    return { value: targets === 0 ? null : count / targets, targets };
  }
}
