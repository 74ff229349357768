import type { HostsObservation, Observation, TypedSpans } from '../../../observe/observation.ts';
import type { NodesPlan } from './plan.ts';

const MILLI = 1000;

/** What of nodes was paid for, requested by pods and used, from the end of the warm-up on. */
export class NodeLedger {
  private readonly plan: NodesPlan;
  private readonly windowMicros: number;
  private readonly warmupMicros: number;
  private bound = 0;
  private boundArea = 0;
  private since = 0;

  constructor(plan: NodesPlan, windowMicros: number, warmupMicros: number) {
    this.plan = plan;
    this.windowMicros = windowMicros;
    this.warmupMicros = warmupMicros;
  }

  /** A pod has come to a node (1) or has left it (−1). */
  bind(now: number, change: number): void {
    this.account(now);
    this.bound += change;
  }

  /** The window closes; what the pods used is known by then. */
  close(observation: Observation, spans: TypedSpans): void {
    this.account(this.windowMicros);
    const { types, pod, podVcpus } = this.plan;
    const hosts: HostsObservation = {
      area: 0,
      busyArea: 0,
      max: 0,
      started: 0,
      cpu: { paid: 0, requested: 0, used: 0 },
    };
    spans.startMicros.forEach((start, index) => {
      if (start >= this.warmupMicros) hosts.started++;
      const from = Math.max(start, this.warmupMicros);
      const to = Math.min(spans.endMicros[index]!, this.windowMicros);
      if (to <= from) return;
      hosts.area += to - from;
      hosts.cpu.paid += (to - from) * types[spans.types[index]!]!.vcpus;
    });
    hosts.max = mostAtOnce(spans, this.warmupMicros, this.windowMicros);
    hosts.cpu.requested = (this.boundArea * pod.cpuMilli) / MILLI;
    hosts.cpu.used = observation.capacity.busyArea * podVcpus;
    if (hosts.cpu.paid > 0) hosts.busyArea = (hosts.cpu.used / hosts.cpu.paid) * hosts.area;
    observation.hosts = hosts;
  }

  private account(now: number): void {
    const from = Math.max(this.since, this.warmupMicros);
    if (now > from) this.boundArea += this.bound * (now - from);
    this.since = now;
  }
}

function mostAtOnce({ startMicros, endMicros }: TypedSpans, from: number, to: number): number {
  const changes = startMicros
    .flatMap((start, index) => {
      const end = endMicros[index]!;
      if (end <= from || start >= to) return [];
      return [
        { at: Math.max(start, from), by: 1 },
        { at: end, by: -1 },
      ];
    })
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) {
    now += by;
    if (now > most) most = now;
  }
  return most;
}
