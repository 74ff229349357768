/**
 * Nodes of a pool that Karpenter may disturb at once: a number, or a percentage of the nodes rounded up, less
 * those that are on their way out or not ready.
 *
 * Source: kubernetes-sigs/karpenter NodePool `spec.disruption.budgets`, default 10 % (2026-08-20).
 * @param budget as `10%` or `3`
 * @param nodes of the pool
 * @param disrupted nodes being deleted or not ready
 */
export function allowedDisruptions(budget: string, nodes: number, disrupted: number): number {
  const percent = /^(\d+)%$/.exec(budget);
  const allowed = percent === null ? Number(budget) : Math.ceil((Number(percent[1]) * nodes) / 100);
  return Math.max(0, allowed - disrupted);
}
