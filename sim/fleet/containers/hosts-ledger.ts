import type { Observation, WorkerSpans } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';

const CPU_UNITS_PER_VCPU = 1_024;

/** What of the hosts' CPU was paid for, requested by tasks and used, from the end of the warm-up on. */
export class HostsLedger {
  private readonly windowMicros: number;
  private readonly warmupMicros: number;
  private placed = 0;
  private area = 0;
  private since = 0;

  constructor({ windowMicros, warmupMicros }: ProgramBase) {
    this.windowMicros = windowMicros;
    this.warmupMicros = warmupMicros;
  }

  /** A task has been placed (1), or has left its place (−1). */
  change(now: number, by: number): void {
    this.account(now);
    this.placed += by;
  }

  /** The window closes. @param parts vCPUs of a host, CPU units of a task, vCPU-microseconds used */
  close(
    observation: Observation,
    spans: WorkerSpans,
    { hostVcpus, taskCpu, used }: { hostVcpus: number; taskCpu: number; used: number },
  ): void {
    this.account(this.windowMicros);
    const taskVcpus = taskCpu / CPU_UNITS_PER_VCPU;
    const area = spans.startMicros.reduce((sum, start, index) => {
      const to = Math.min(spans.endMicros[index]!, this.windowMicros);
      return sum + Math.max(0, to - Math.max(start, this.warmupMicros));
    }, 0);
    observation.hosts = {
      area,
      busyArea: used / hostVcpus,
      max: this.mostAtOnce(spans),
      started: spans.startMicros.filter((start) => start >= this.warmupMicros).length,
      cpu: { paid: area * hostVcpus, requested: this.area * taskVcpus, used },
    };
  }

  private mostAtOnce({ startMicros, endMicros }: WorkerSpans): number {
    const changes = startMicros
      .map((start, index) => ({ from: Math.max(start, this.warmupMicros), to: endMicros[index]! }))
      .filter(({ from, to }) => to > from && from < this.windowMicros)
      .flatMap(({ from, to }) => [
        { at: from, by: 1 },
        { at: to, by: -1 },
      ])
      .sort((a, b) => (a.at === b.at ? a.by - b.by : a.at - b.at));
    let now = 0;
    let most = 0;
    for (const { by } of changes) {
      now += by;
      most = Math.max(most, now);
    }
    return most;
  }

  private account(now: number): void {
    const from = Math.max(this.since, this.warmupMicros);
    if (now > from) this.area += this.placed * (now - from);
    this.since = now;
  }
}
