import type { InstancesPlan } from '../../sim/fleet/replicas/plan.ts';
import { openRandom } from '../../sim/kernel/random.ts';
import { type Agenda, TICK } from './agenda.ts';
import type { Journal } from './journal.ts';
import { Instance } from './server.ts';

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
  /** Every data point so far, oldest first; null where no instance gave one. */
  private readonly points: (number | null)[] = [];

  constructor(plan: InstancesPlan, replication: number, parts: Parts) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    this.plan = plan;
    this.parts = parts;
    this.randoms = { pending: random('pending'), boot: random('boot'), application: random('application') };
    this.threads = plan.program.workloads.map((each) => each.threads);
    this.desired = plan.group.initial;
    for (let count = 0; count < this.desired; count++) this.order(plan.group.warm);
    if (plan.group.targetTracking !== null) this.expectMetric(plan.group.metricPeriodMicros);
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

  private expectMetric(at: number): void {
    const run = () => {
      this.readMetric();
      this.expectMetric(at + this.plan.group.metricPeriodMicros);
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

  private readMetric(): void {
    const { metricPeriodMicros, targetTracking } = this.plan.group;
    const { vcpus } = this.plan.instance;
    const inService = this.inService();
    const warm = inService.filter((each) => !this.isWarming(each));
    const arrived = this.parts.journal.requests.length;
    const isCpu = targetTracking!.metric === 'cpu-percent';
    const targets = isCpu ? warm : inService;
    const busyShares = warm.map((each) => (each.used - each.usedAtMetric) / (vcpus * metricPeriodMicros));
    const perMinute = ((arrived - this.arrivedAtMetric) * MINUTE_MICROS) / metricPeriodMicros;
    const total = isCpu ? 100 * busyShares.reduce((sum, share) => sum + share, 0) : perMinute;
    for (const instance of this.instances) instance.usedAtMetric = instance.used;
    this.arrivedAtMetric = arrived;
    this.points.push(targets.length === 0 ? null : total / targets.length);
    this.resize(targets.length);
  }

  /** Target tracking: three points above the target let it grow, fifteen below the low alarm shrink. */
  private resize(contributing: number): void {
    const { min, max, targetTracking } = this.plan.group;
    const { targetValue, lowAlarmShare, highPoints, lowPoints, disableScaleIn } = targetTracking!;
    const last = (count: number) => (this.points.length < count ? [null] : this.points.slice(-count));
    const isHigh = last(highPoints).every((point) => point !== null && point > targetValue);
    const isLow = last(lowPoints).every((point) => point !== null && point < lowAlarmShare * targetValue);
    const inProportion = Math.ceil((contributing * (this.points.at(-1) ?? 0)) / targetValue - 1e-9);
    const mayShrink = isLow && !disableScaleIn && !this.instances.some((each) => this.isWarming(each));
    let wanted = this.desired;
    if (isHigh) wanted = Math.max(wanted, inProportion);
    else if (mayShrink) wanted = Math.min(wanted, inProportion);
    wanted = Math.min(max, Math.max(min, wanted));
    for (; this.desired < wanted; this.desired++) this.order(false);
    for (; this.desired > wanted; this.desired--) this.drain(this.choose());
  }
}
