/** A size of a Fargate task: CPU units (1024 = 1 vCPU) and MiB. */
export interface FargateSize {
  readonly cpu: number;
  readonly memory: number;
}

/** The memory that goes with so much CPU, from, to and by, in GB (GiB, as AWS means it). */
interface MemoryRow {
  readonly cpu: number;
  readonly gigabytes: readonly number[];
  /** Only with Linux. */
  readonly linuxOnly: boolean;
}

const MIB_PER_GB = 1_024;

const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);

/**
 * Every size of a Fargate task (AWS Fargate pricing page and Amazon ECS Developer Guide, "Task CPU and
 * memory", 2026): 32 vCPUs are new, 8 and more need Linux, and Windows begins at one vCPU.
 */
const rows: readonly MemoryRow[] = [
  { cpu: 256, gigabytes: [0.5, 1, 2], linuxOnly: true },
  { cpu: 512, gigabytes: steps(1, 4, 1), linuxOnly: true },
  { cpu: 1_024, gigabytes: steps(2, 8, 1), linuxOnly: false },
  { cpu: 2_048, gigabytes: steps(4, 16, 1), linuxOnly: false },
  { cpu: 4_096, gigabytes: steps(8, 30, 1), linuxOnly: false },
  { cpu: 8_192, gigabytes: steps(16, 60, 4), linuxOnly: true },
  { cpu: 16_384, gigabytes: steps(32, 120, 8), linuxOnly: true },
  { cpu: 32_768, gigabytes: [60, 120, 244], linuxOnly: true },
];

/** Every size, smallest CPU first, then smallest memory. */
export function fargateSizes(windows = false): readonly FargateSize[] {
  return rows
    .filter(({ linuxOnly }) => !windows || !linuxOnly)
    .flatMap(({ cpu, gigabytes }) => gigabytes.map((each) => ({ cpu, memory: each * MIB_PER_GB })));
}

/** Whether Fargate runs tasks of exactly this size. */
export function isFargateSize({ cpu, memory }: FargateSize, windows = false): boolean {
  return fargateSizes(windows).some((each) => each.cpu === cpu && each.memory === memory);
}

/**
 * The size that what a pod asks for is rounded up to: the least CPU that has enough of both, then the least
 * memory (Amazon EKS User Guide, "Fargate pod configuration", 2024-12).
 * @param asked CPU units and MiB, fractions too
 * @returns null when no size is large enough
 */
export function roundUpToFargateSize(asked: FargateSize): FargateSize | null {
  return fargateSizes().find(({ cpu, memory }) => cpu >= asked.cpu && memory >= asked.memory) ?? null;
}

/** The sizes nearest to one that there is not: with its CPU, less and more memory; and what holds it. */
export function nearestFargateSizes(asked: FargateSize, windows = false): readonly FargateSize[] {
  const sizes = fargateSizes(windows);
  const sameCpu = sizes.filter(({ cpu }) => cpu === asked.cpu);
  const below = sameCpu.filter(({ memory }) => memory < asked.memory).at(-1);
  const above = sameCpu.find(({ memory }) => memory > asked.memory);
  const holding = sizes.find(({ cpu, memory }) => cpu >= asked.cpu && memory >= asked.memory);
  const largest = sizes.at(-1)!;
  const near = [below, above, holding].filter((each) => each !== undefined);
  return near.length === 0 ? [largest] : [...new Set(near)];
}
