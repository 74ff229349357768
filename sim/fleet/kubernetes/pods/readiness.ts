import type { ReadinessProbe } from './plan.ts';

/**
 * From the start of a container to the probe that finds its program ready: the kubelet probes after
 * `initialDelaySeconds` and then every `periodSeconds`.
 * (Kubernetes documentation, "Configure Liveness, Readiness and Startup Probes", 2025.)
 * @param startMicros how long the program takes to answer
 */
export function readyAfterMicros(startMicros: number, probe: ReadinessProbe | null): number {
  if (probe === null) return startMicros;
  const { initialDelayMicros, periodMicros } = probe;
  const periods = Math.ceil(Math.max(0, startMicros - initialDelayMicros) / periodMicros);
  return initialDelayMicros + periods * periodMicros;
}
