// Hot: a block of requests is drawn at a time, in tight loops.
import { openRandom, type Random } from '../kernel/random.ts';
import type { ArrivalProcess, OpenStreamPlan } from '../traffic/traffic.ts';
import type { WorkloadPlan } from './workload.ts';

/** A stretch of one open stream's requests: when they come and what they need, drawn ahead in blocks. */
export class OpenSource {
  readonly workload: number;
  readonly at: Float64Array;
  readonly cpu: Float64Array;
  readonly wait: Float64Array;
  readonly patience: Float64Array;
  readonly fails: Uint8Array;
  /** Place of the head in the block, and how many of the block are filled. */
  index = 0;
  filled = 0;
  private ended = false;
  private readonly arrivals: ArrivalProcess;
  private readonly plan: WorkloadPlan;
  private readonly randoms: { cpu: Random; wait: Random; patience: Random; fails: Random };

  /**
   * The streams of random numbers are named after the stream of traffic, not the platform: every platform
   * sees the same requests.
   */
  constructor(
    stream: OpenStreamPlan,
    workload: WorkloadPlan,
    workloadIndex: number,
    run: { seed: number; replication: number; blockSize: number },
  ) {
    const random = (purpose: string) => openRandom(run.seed, run.replication, purpose, stream.name);
    this.workload = workloadIndex;
    this.plan = workload;
    this.arrivals = stream.open(random);
    this.randoms = {
      cpu: random('cpu'),
      wait: random('wait'),
      patience: random('patience'),
      fails: random('fails'),
    };
    this.at = new Float64Array(run.blockSize);
    this.cpu = new Float64Array(run.blockSize);
    this.wait = new Float64Array(run.blockSize);
    this.patience = new Float64Array(run.blockSize).fill(Number.POSITIVE_INFINITY);
    this.fails = new Uint8Array(run.blockSize);
    if (workload.cpu.isConstant) workload.cpu.fill(this.randoms.cpu, this.cpu, run.blockSize);
    if (workload.wait.isConstant) workload.wait.fill(this.randoms.wait, this.wait, run.blockSize);
    this.refill();
  }

  /** Draws the next block. @returns false when the stream has ended. */
  refill(): boolean {
    this.index = 0;
    this.filled = this.ended ? 0 : this.arrivals.fill(this.at, this.at.length);
    if (this.filled < this.at.length) this.ended = true;
    if (this.filled === 0) return false;
    const { plan, randoms } = this;
    const count = this.at.length;
    if (!plan.cpu.isConstant) plan.cpu.fill(randoms.cpu, this.cpu, count);
    if (!plan.wait.isConstant) plan.wait.fill(randoms.wait, this.wait, count);
    if (plan.patience !== null) plan.patience.fill(randoms.patience, this.patience, count);
    if (plan.errorRate > 0) {
      const { fails, errorRate } = { fails: this.fails, errorRate: plan.errorRate };
      for (let index = 0; index < count; index++) fails[index] = randoms.fails() < errorRate ? 1 : 0;
    }
    return true;
  }
}
