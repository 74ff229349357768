import type { PlatformResult } from '../sim/result/result.ts';

/**
 * In the order in which a bar stacks them: work first, then what is paid to be ready, then what surrounds it.
 */
export const costPartNames = [
  'compute',
  'compute, CPU idle',
  'kept ready',
  'requests',
  'load balancer',
  'network',
  'control plane',
  'storage',
  'monitoring',
  'other',
] as const;
export type CostPartName = (typeof costPartNames)[number];

export interface CostPart {
  readonly name: CostPartName;
  readonly usd: number;
}

/** First match wins; ids are those of the price book, `service.meter[.variant]`. */
const PART_OF_LINE: readonly (readonly [string, CostPartName])[] = [
  ['lambda.requests', 'requests'],
  ['lambda.ephemeral-storage', 'storage'],
  ['lambda.provisioned.concurrency', 'kept ready'],
  ['lambda.snapstart', 'kept ready'],
  ['ec2.capacity-reservation', 'kept ready'],
  ['lambda.', 'compute'],
  ['fargate.ephemeral-storage', 'storage'],
  ['fargate.', 'compute'],
  ['ec2.', 'compute'],
  ['ecs.managed-instances', 'compute'],
  ['eks.auto-mode', 'compute'],
  ['savings-plan.', 'compute'],
  ['reserved-instance.', 'compute'],
  ['eks.cluster', 'control plane'],
  ['ebs.', 'storage'],
  ['alb.', 'load balancer'],
  ['apigateway.', 'requests'],
  ['sqs.', 'requests'],
  ['vpc.', 'network'],
  ['data-transfer.', 'network'],
  ['cloudwatch.', 'monitoring'],
];

/** The part of the bill that a line belongs to; `other` for what the reader added. */
export function costPartOf(lineId: string): CostPartName {
  if (lineId.endsWith('.unused')) return 'kept ready';
  return PART_OF_LINE.find(([prefix]) => lineId.startsWith(prefix))?.[1] ?? 'other';
}

/**
 * The share of the compute bill that paid for CPUs that had nothing to do: 1 − utilisation of what is billed
 * by the hour (nodes where there are nodes). Zero on Lambda, where an idle environment costs nothing.
 */
export function idleComputeShare(platform: PlatformResult): number {
  if (platform.capacity.unit === 'environments') return 0;
  const utilization = (platform.hosts ?? platform.capacity).utilization;
  return utilization === null ? 0 : Math.min(1, Math.max(0, 1 - utilization));
}

/** A platform's bill in at most ten parts, in stacking order, without those that cost nothing. */
export function costParts(platform: PlatformResult): readonly CostPart[] {
  const usdOf = new Map<CostPartName, number>();
  const add = (name: CostPartName, usd: number): void => {
    usdOf.set(name, (usdOf.get(name) ?? 0) + usd);
  };
  const idle = idleComputeShare(platform);
  for (const line of platform.cost.lines) {
    const name = costPartOf(line.id);
    add(name, name === 'compute' ? line.usd * (1 - idle) : line.usd);
    if (name === 'compute') add('compute, CPU idle', line.usd * idle);
  }
  return costPartNames.map((name) => ({ name, usd: usdOf.get(name) ?? 0 })).filter((part) => part.usd > 0);
}
