import type { Distribution } from '../../distributions/distribution.ts';
import { openRandom, type Random } from '../../kernel/random.ts';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';
import { type Host, type HostPlan, Hosts } from './hosts.ts';
import { HostsLedger } from './hosts-ledger.ts';
import { LaunchRate, type LaunchRatePlan } from './launch-rate.ts';
import { ManagedScaling, type ManagedScalingPlan } from './managed-scaling.ts';
import { type PlacementRules, place, roomOn, stopRanks, type TaskSize, tasksPerHost } from './placement.ts';
import type { TaskCapacity } from './task-capacity.ts';

/** A cluster whose hosts a capacity provider scales, in numbers. */
export interface ClusterPlan {
  readonly program: ProgramBase;
  readonly host: HostPlan;
  readonly task: TaskSize;
  /** vCPUs that a task may use: what it reserves, or more where it may borrow from its host. */
  readonly taskVcpus: number;
  readonly rules: PlacementRules;
  readonly launchRate: LaunchRatePlan;
  readonly scaling: ManagedScalingPlan;
  /** Tasks for which hosts are there at t = 0; null for a cluster that starts then. */
  readonly warmTasks: number | null;
  /** The image pull on a host that has not got it; other tasks of the host wait for the same pull. */
  readonly pull: Distribution;
  /** The start of a container whose image is on the host. */
  readonly containerStart: Distribution;
}

/** Hosts of a cluster: tasks are placed on them, and managed scaling gives them as many as they need. */
export class HostCapacity implements TaskCapacity {
  nextAt: number;
  private readonly plan: ClusterPlan;
  private readonly hosts: Hosts;
  private readonly rate: LaunchRate;
  private readonly scaling: ManagedScaling;
  private readonly ledger: HostsLedger;
  private readonly randoms: { pull: Random; start: Random; placement: Random };
  private readonly hostOf: (Host | null)[] = [];
  private readonly lost: number[] = [];
  private readonly evicted: number[] = [];
  private readonly perHost: number;
  private metricAt = MICROS_PER_MINUTE;
  private tokenAt = Number.POSITIVE_INFINITY;
  /** Of each registered host; null since a task has come or gone. */
  private ranks: number[][] | null = null;
  private image = 0;

  constructor(plan: ClusterPlan, replication: number) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    this.plan = plan;
    this.hosts = new Hosts(plan.host, {
      pending: random('pending'),
      boot: random('boot'),
      interruption: random('interruption'),
    });
    this.rate = new LaunchRate(plan.launchRate);
    this.scaling = new ManagedScaling(plan.scaling);
    this.ledger = new HostsLedger(plan.program);
    this.randoms = {
      pull: random('pull'),
      start: random('container-start'),
      placement: random('placement'),
    };
    this.perHost = tasksPerHost(plan.host.registered, plan.task, plan.rules);
    this.openHosts();
    this.nextAt = this.findNext();
  }

  get spans(): WorkerSpans {
    return this.hosts.spans;
  }

  step(waiting: number): void {
    const now = this.nextAt;
    if (now === this.hosts.nextAt) {
      const { lost, draining } = this.hosts.step();
      if (lost.length > 0) this.addTasksOf(lost, this.lost);
      if (draining.length > 0) this.addTasksOf(draining, this.evicted);
    } else if (now === this.metricAt) this.scale(now, waiting);
    else this.tokenAt = Number.POSITIVE_INFINITY;
    this.ranks = null;
    this.nextAt = this.findNext();
  }

  claim(task: number, now: number): boolean {
    const readyAt = this.rate.readyAt(now);
    if (readyAt > now) {
      this.tokenAt = readyAt;
      this.nextAt = this.findNext();
      return false;
    }
    if (!this.placeOn(task, now)) return false;
    this.rate.take(now);
    return true;
  }

  claimWarm(task: number): boolean {
    return this.placeOn(task, 0);
  }

  /** A task on a host needs no network interface of its own. */
  provisionMicros(): number {
    return 0;
  }

  pullMicros(task: number, now: number): number {
    const host = this.hostOf[task]!;
    host.imagesAt[this.image] ??= now + this.plan.pull.sample(this.randoms.pull);
    return (
      Math.max(0, host.imagesAt[this.image]! - now) + this.plan.containerStart.sample(this.randoms.start)
    );
  }

  /** Images stay on a host: what is rolled back to need not be pulled again. */
  useImage(image: number): void {
    this.image = image;
  }

  sharedHost(task: number) {
    return { id: this.hostOf[task]!.id, vcpus: this.plan.host.vcpus };
  }

  stopping(task: number): void {
    this.hostOf[task]!.tasks--;
    this.ranks = null;
  }

  release(task: number, now: number): void {
    const host = this.hostOf[task]!;
    host.places--;
    host.freeCpu += this.plan.task.cpu;
    host.freeMemory += this.plan.task.memory;
    this.hostOf[task] = null;
    this.ranks = null;
    this.ledger.change(now, -1);
  }

  takeLost(): number {
    return this.lost.pop() ?? -1;
  }

  takeEvicted(): number {
    return this.evicted.pop() ?? -1;
  }

  stopRanks(task: number): readonly number[] {
    this.ranks ??= stopRanks(this.hosts.registered, this.plan.rules);
    return this.ranks[this.hostOf[task]!.position]!;
  }

  close(observation: Observation): void {
    const { host, task, taskVcpus } = this.plan;
    const used = observation.capacity.busyArea * taskVcpus;
    this.ledger.close(observation, this.hosts.spans, { hostVcpus: host.vcpus, taskCpu: task.cpu, used });
  }

  /** As many hosts as the tasks at t = 0 need, at the target capacity; the smallest size in any case. */
  private openHosts(): void {
    const { warmTasks, scaling } = this.plan;
    const { minSize, maxSize, targetCapacity } = scaling;
    const inUse = Math.ceil((warmTasks ?? 0) / this.perHost);
    const needed = Math.ceil((inUse * 100) / targetCapacity - 1e-9);
    for (let count = 0; count < Math.min(maxSize, Math.max(minSize, needed)); count++) {
      if (warmTasks === null) this.hosts.launch(0);
      else this.hosts.addWarm();
    }
  }

  private addTasksOf(hosts: readonly Host[], tasks: number[]): void {
    for (let task = this.hostOf.length - 1; task >= 0; task--) {
      const host = this.hostOf[task];
      if (host != null && hosts.includes(host)) tasks.push(task);
    }
  }

  private placeOn(task: number, now: number): boolean {
    const { registered } = this.hosts;
    const at = place(this.plan.task, registered, this.plan.rules, this.randoms.placement);
    if (at < 0) return false;
    const host = registered[at]!;
    host.tasks++;
    host.places++;
    host.freeCpu -= this.plan.task.cpu;
    host.freeMemory -= this.plan.task.memory;
    this.hostOf[task] = host;
    this.ranks = null;
    this.ledger.change(now, 1);
    return true;
  }

  private scale(now: number, waiting: number): void {
    this.metricAt += MICROS_PER_MINUTE;
    const { hosts } = this;
    const desired = this.scaling.decide({
      now,
      registered: hosts.registered.length,
      inUse: hosts.inUse,
      waiting: this.withoutRoom(waiting),
      tasksPerHost: this.perHost,
      desired: hosts.count,
    });
    for (let count = hosts.count; count < desired; count++) hosts.launch(now);
    if (desired < hosts.count) hosts.terminateEmpty(hosts.count - desired, now);
  }

  /** Tasks that wait for hosts, and not only for their turn: the launch rate holds back what has room too. */
  private withoutRoom(waiting: number): number {
    if (waiting === 0) return 0;
    const { task, rules } = this.plan;
    const room = this.hosts.registered.reduce((sum, host) => sum + roomOn(host, task, rules), 0);
    return Math.max(0, waiting - room);
  }

  private findNext(): number {
    return Math.min(this.hosts.nextAt, this.metricAt, this.tokenAt);
  }
}
