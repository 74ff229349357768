import { openRandom, type Random } from '../../kernel/random.ts';
import type { InstancesPlan } from './plan.ts';

/** Until a load balancer has found out: two health checks, 30 s apart (ELB target groups, 2023). */
const UNHEALTHY_MICROS = 60_000_000;

/** How long instances of a group take to start, new or from its warm pool. */
export class InstanceStarts {
  /** Whether the instance last asked about is never going to answer. */
  isFailing = false;
  private readonly plan: InstancesPlan;
  private readonly randoms: Readonly<Record<'pending' | 'boot' | 'application' | 'failure', Random>>;

  constructor(plan: InstancesPlan, replication: number) {
    const random = (purpose: string) => openRandom(plan.program.seed, replication, purpose);
    this.plan = plan;
    this.randoms = {
      pending: random('pending'),
      boot: random('boot'),
      application: random('application'),
      failure: random('start-failure'),
    };
  }

  /** From the order, or from the call to the pool, to the running state. */
  toRunning(isFromPool: boolean): number {
    const { instance, group } = this.plan;
    return (isFromPool ? group.warmPool! : instance).pending.sample(this.randoms.pending);
  }

  /**
   * From the running state to service; sets `isFailing`. An instance that fails is found out after that, and
   * not before its grace period is over. Only a stop ends the program that an instance of the pool runs.
   */
  toService(isFromPool: boolean): number {
    const { instance, group } = this.plan;
    const { warmPool, startFailureRate, healthCheckGraceMicros } = group;
    const { boot, application, failure } = this.randoms;
    const hasProgram = isFromPool && warmPool!.poolState !== 'Stopped';
    const bootMicros = (isFromPool ? warmPool! : instance).boot.sample(boot);
    const toService = bootMicros + (hasProgram ? 0 : instance.applicationStart.sample(application));
    this.isFailing = startFailureRate > 0 && failure() < startFailureRate;
    return this.isFailing ? Math.max(toService + UNHEALTHY_MICROS, healthCheckGraceMicros) : toService;
  }
}
