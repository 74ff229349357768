/** What of an instance type decides what pods may request of it. */
export interface NodeShape {
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** Elastic network interfaces, and IPv4 addresses of each. */
  readonly enis: number;
  readonly ipv4PerEni: number;
}

/** What pods may request of a node, and how many of them there may be. */
export interface Allocatable {
  readonly cpuMilli: number;
  readonly memoryMib: number;
  readonly pods: number;
}

/** The kubelet evicts pods before less memory than this is left. */
const EVICTION_HARD_MIB = 100;
/**
 * Of the memory that AWS names for a type the operating system never sees about 7.5 %; on Graviton 64 MiB
 * more are taken off before.
 */
const VM_OVERHEAD_PER_MILLE = 75;
const ARM64_OVERHEAD_MIB = 64;

/**
 * Pods that get an address of their own from the VPC CNI: each interface keeps one address, and two pods run
 * in the host's network.
 * (awslabs/amazon-eks-ami nodeadm/internal/kubelet, 2026-07-23.)
 */
export function maxPods({ enis, ipv4PerEni }: Pick<NodeShape, 'enis' | 'ipv4PerEni'>): number {
  return enis * (ipv4PerEni - 1) + 2;
}

/**
 * CPU that the kubelet keeps for itself, in thousandths of a core: 6 % of the first, 1 % of the second,
 * 0.5 % of the third and fourth, 0.25 % of all others.
 * (awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go, 2026-07-23.)
 */
export function kubeReservedCpuMilli(vcpus: number): number {
  const inHalves =
    Math.min(1, vcpus) * 120 +
    Math.min(1, Math.max(0, vcpus - 1)) * 20 +
    Math.min(2, Math.max(0, vcpus - 2)) * 10 +
    Math.max(0, vcpus - 4) * 5;
  return Math.floor(inHalves / 2);
}

/**
 * Memory that the kubelet keeps for itself, in MiB: 11 for each pod that could be there, and 255.
 * (awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go, 2026-07-23.)
 */
export function kubeReservedMemoryMib(pods: number): number {
  return 11 * pods + 255;
}

/**
 * What a node offers to pods: its size, without what the virtual machine, the kubelet and its eviction
 * threshold take.
 *
 * Sources: awslabs/amazon-eks-ami (2026-07-23) for what the kubelet keeps; aws/karpenter-provider-aws
 * (2026-08-21, `vmMemoryOverheadPercent` 0.075) for what the machine takes: an estimate of Karpenter's that
 * scheduling there goes by.
 * @param pods the most pods; default what the addresses allow
 */
export function allocatableOf(shape: NodeShape, pods: number = maxPods(shape)): Allocatable {
  const machineMib = shape.memoryMib - (shape.architecture === 'arm64' ? ARM64_OVERHEAD_MIB : 0);
  const overheadMib = Math.ceil((machineMib * VM_OVERHEAD_PER_MILLE) / 1000);
  return {
    cpuMilli: shape.vcpus * 1000 - kubeReservedCpuMilli(shape.vcpus),
    memoryMib: machineMib - overheadMib - kubeReservedMemoryMib(pods) - EVICTION_HARD_MIB,
    pods,
  };
}
