import { type MeterReading, ratio } from '../../billing/index.ts';
import { MICROS_PER_SECOND } from '../../kernel/time.ts';
import type { WorkerSpans } from '../../observe/observation.ts';
import type { ProgramBase } from '../../workload/program.ts';
import type { FargateSize } from './fargate-sizes.ts';
import { billedTime, timeReading } from './meters.ts';

/** What decides the price of a task on Fargate. */
export interface FargateTask extends FargateSize {
  readonly architecture: 'x86_64' | 'arm64';
  readonly windows: boolean;
  readonly spot: boolean;
  readonly ephemeralGib: number;
  readonly publicIpv4: boolean;
}

const CPU_UNITS_PER_VCPU = 1_024;
const MIB_PER_GB = 1_024;
/** Ephemeral storage that every task has without charge (AWS Fargate pricing page, 2026). */
export const EPHEMERAL_FREE_GIB = 20;
/** A task costs a minute at least, on Windows five (AWS Fargate pricing page, 2026). */
const MINIMUM_MICROS = 60 * MICROS_PER_SECOND;
const MINIMUM_WINDOWS_MICROS = 300 * MICROS_PER_SECOND;

/** The prices that a task is billed by. */
export function fargatePriceIds({ architecture, windows, spot }: FargateTask) {
  const kind = windows ? 'windows' : `${spot ? 'spot.' : ''}${architecture === 'arm64' ? 'arm64' : 'x86'}`;
  return {
    vcpu: `fargate.vcpu.${kind}`,
    memory: `fargate.memory.${kind}`,
    licence: windows ? 'fargate.windows-licence' : null,
  };
}

/**
 * What Fargate's meters counted: vCPUs and GB (2^30 bytes) of every task, from the start of the image pull
 * until it is gone, rounded up to the second; storage above 20 GB, and the public address, over the same time
 * (AWS Fargate pricing page, 2026).
 */
export function fargateReadings(task: FargateTask, spans: WorkerSpans, program: ProgramBase): MeterReading[] {
  const time = billedTime(spans, program, task.windows ? MINIMUM_WINDOWS_MICROS : MINIMUM_MICROS);
  const vcpus = ratio(task.cpu, CPU_UNITS_PER_VCPU);
  const ids = fargatePriceIds(task);
  const readings = [
    timeReading(ids.vcpu, time, vcpus),
    timeReading(ids.memory, time, ratio(task.memory, MIB_PER_GB)),
  ];
  if (ids.licence !== null) readings.push(timeReading(ids.licence, time, vcpus));
  const extraGib = task.ephemeralGib - EPHEMERAL_FREE_GIB;
  if (extraGib > 0) readings.push(timeReading('fargate.ephemeral-storage', time, extraGib));
  if (task.publicIpv4) readings.push(timeReading('vpc.public-ipv4', time));
  return readings;
}
