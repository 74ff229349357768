import type { Entry } from './agenda.ts';
import type { AttemptNote } from './journal.ts';
import type { Request } from './requests.ts';

/**
 * Completions are whole microseconds, rounded up; one that is only this much of a microsecond over is not,
 * and what is so near its end leaves together with another. Both are the engine's documented rounding, which
 * hides the noise of binary fractions: with the same rule here, results are equal to the microsecond.
 */
const OVER_MICROS = 0.001;
const DUE_MICROS = 0.002;
const DUE_WORK_MICROS = 1e-4;

/** A request on an instance. */
export interface Job {
  readonly number: number;
  readonly request: Request;
  readonly note: AttemptNote;
  readonly instance: Instance;
  phase: 'queued' | 'cpu' | 'waiting' | 'gone';
  /** CPU work that is left, in microseconds of a reference vCPU. */
  left: number;
  /** The client has given up; the server goes on. */
  isAbandoned: boolean;
  /** The end of its wait, on the agenda. */
  waitEnd: Entry | null;
}

/** Shares `vcpus` equally among requests that can use `caps` each; what one cannot use goes to the others. */
export function waterFill(vcpus: number, caps: readonly number[]): number[] {
  const shares = caps.map(() => -1);
  let water = vcpus;
  for (;;) {
    const open = caps.flatMap((_, index) => (shares[index]! < 0 ? [index] : []));
    if (open.length === 0) return shares;
    const level = water / open.length;
    const full = open.filter((index) => caps[index]! <= level);
    if (full.length === 0) {
      for (const index of open) shares[index] = level;
      return shares;
    }
    for (const index of full) {
      shares[index] = caps[index]!;
      water -= caps[index]!;
    }
  }
}

/** An instance with the requests it holds. */
export class Instance {
  /** In order of creation. */
  readonly number: number;
  phase: 'pending' | 'booting' | 'inService' | 'draining' | 'gone' = 'pending';
  ran: { start: number; end: number } | null = null;
  inServiceSince = Number.POSITIVE_INFINITY;
  zone = '';
  /** Its place in the order in which instances began to run. */
  ranNumber = 0;
  /** Its place in the order in which instances came into service. */
  serviceNumber = 0;
  /** When the number of its requests last changed, by a count of all such changes. */
  loadChanged = 0;
  /** CPU time used, in vCPU-microseconds, ever and up to the last metric. */
  used = 0;
  usedAtMetric = 0;
  jobs: Job[] = [];
  private readonly vcpus: number;
  private readonly speed: number;
  private readonly threads: readonly number[];

  constructor(number: number, machine: { vcpus: number; speed: number }, threads: readonly number[]) {
    this.number = number;
    this.vcpus = machine.vcpus;
    this.speed = machine.speed;
    this.threads = threads;
  }

  get backlog(): Job[] {
    return this.jobs.filter((job) => job.phase === 'queued');
  }

  get inService(): Job[] {
    return this.jobs.filter((job) => job.phase !== 'queued');
  }

  /** Who is on the CPU, each with the vCPUs that it has. */
  private shares(): { job: Job; vcpus: number }[] {
    const jobs = this.jobs.filter((job) => job.phase === 'cpu');
    const caps = jobs.map((job) => Math.min(this.threads[job.request.workload]!, this.vcpus));
    const shares = waterFill(this.vcpus, caps);
    return jobs.map((job, index) => ({ job, vcpus: shares[index]! }));
  }

  /** Lets the CPUs work for a while. @returns how many vCPUs were busy */
  elapse(micros: number): number {
    let busy = 0;
    for (const { job, vcpus } of this.shares()) {
      job.left -= micros * vcpus * this.speed;
      this.used += micros * vcpus;
      busy += vcpus;
    }
    return busy;
  }

  /** When the next request is through with the CPU; Infinity when none is on it. */
  cpuDueAt(now: number): number {
    const ends = this.shares().map(({ job, vcpus }) => {
      const micros = Math.ceil(job.left / (vcpus * this.speed) - OVER_MICROS);
      return now + Math.max(0, micros);
    });
    return Math.min(Number.POSITIVE_INFINITY, ...ends);
  }

  /** Who is through with the CPU by now. */
  cpuDue(): Job[] {
    return this.shares()
      .filter(({ job, vcpus }) => job.left <= Math.max(DUE_WORK_MICROS, DUE_MICROS * vcpus * this.speed))
      .map(({ job }) => job);
  }
}
