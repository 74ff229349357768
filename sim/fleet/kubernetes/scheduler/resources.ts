/**
 * Amounts by resource name, in Kubernetes' own smallest units: `cpu` in thousandths of a core, `memory` in
 * bytes, extended resources (`nvidia.com/gpu`) in pieces. What is not named is 0.
 */
export type Resources = Readonly<Record<string, number>>;

/** A node as the scorers see it. */
export interface ScoredNode {
  /** What pods may request of it together. */
  readonly allocatable: Resources;
  /** What the pods on it have requested. */
  readonly requested: Resources;
}

/** How much each resource counts in a node's score; whole numbers of 1 to 100. */
export type ResourceWeights = Readonly<Record<string, number>>;

/** A node's best score. */
export const MAX_NODE_SCORE = 100;

/** Resources that a node has and no pod needs to ask for; all others are extended ones. */
const NATIVE = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * What a container without requests counts as in `NodeResourcesFit`: 100m of CPU and 200 MiB of memory. It
 * only moves scores: the filter and `NodeResourcesBalancedAllocation` take what was really requested.
 * (kubernetes/kubernetes pkg/scheduler/util/pod_resources.go, 2025.)
 */
export const NON_ZERO_REQUESTS: Resources = { cpu: 100, memory: 200 * 1024 * 1024 };

/**
 * Requests of one container as `NodeResourcesFit` scores them.
 * @param requests what the container names; a resource named as 0 stays 0
 */
export function nonZeroRequests(requests: Resources): Resources {
  return { ...NON_ZERO_REQUESTS, ...requests };
}

/** a / b of whole numbers below 2^53, rounded toward zero as Go does it: no quotient is rounded up to one. */
export function divided(a: number, b: number): number {
  return Math.trunc(a / b);
}

/** One resource of a node with the pod on it; weights and amounts are whole numbers. */
export interface ScoredResource {
  readonly allocatable: number;
  /** Of the pods on the node and the pod to be placed. */
  readonly requested: number;
  readonly weight: number;
}

/**
 * What a scorer looks at, in the order of `weights`. Left out are resources that the node does not have, and
 * extended ones that the pod does not request: they count neither above nor below the line.
 * (pkg/scheduler/framework/plugins/noderesources/resource_allocation.go, 2025.)
 */
export function scoredResources(
  { allocatable, requested }: ScoredNode,
  pod: Resources,
  weights: ResourceWeights,
): ScoredResource[] {
  return Object.entries(weights).flatMap(([name, weight]) => {
    const wanted = pod[name] ?? 0;
    const has = allocatable[name] ?? 0;
    if (has === 0 || (wanted === 0 && !NATIVE.includes(name))) return [];
    return [{ allocatable: has, requested: (requested[name] ?? 0) + wanted, weight }];
  });
}

/** The weighted mean of what each resource scores, cut off after the point; 0 without any. */
export function weightedMeanScore(
  resources: readonly ScoredResource[],
  scoreOf: (resource: ScoredResource) => number,
): number {
  const weights = resources.reduce((sum, { weight }) => sum + weight, 0);
  const scores = resources.reduce((sum, resource) => sum + scoreOf(resource) * resource.weight, 0);
  return weights === 0 ? 0 : divided(scores, weights);
}
