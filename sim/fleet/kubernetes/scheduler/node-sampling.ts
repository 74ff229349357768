const MIN_NODES = 100;
const MIN_PERCENT = 5;
const BASE_PERCENT = 50;
const NODES_PER_PERCENT = 125;

/**
 * How many nodes that fit a pod are looked for before the scores decide: all of fewer than 100, else
 * 50 − nodes / 125 percent, at least 5 percent and 100 nodes.
 * (kubernetes/kubernetes pkg/scheduler/schedule_one.go, numFeasibleNodesToFind, 2025; whole numbers.)
 */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_NODES) return nodes;
  const percent = Math.max(MIN_PERCENT, BASE_PERCENT - Math.trunc(nodes / NODES_PER_PERCENT));
  return Math.max(MIN_NODES, Math.trunc((nodes * percent) / 100));
}
