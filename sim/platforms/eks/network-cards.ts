import firstNetworkCard from './first-network-card.json' with { type: 'json' };
import type { NodesOptions } from './node-options.ts';

const byType: Readonly<Record<string, number>> = firstNetworkCard.types;

/**
 * Network interfaces that give addresses to pods. Of types with several network cards Karpenter, and so Auto
 * Mode, counts those of the first one, the only one that the VPC CNI uses unless told; for a managed node
 * group the image counts them all. (aws/karpenter-provider-aws, instance-types.md, 2026-08;
 * awslabs/amazon-eks-ami nodeadm, 2026-07-23.)
 */
export function podInterfaces(
  { type }: NodesOptions,
  instanceType: string,
  all: number | null,
): number | null {
  return type === 'managedNodeGroup' ? all : (byType[instanceType] ?? all);
}
