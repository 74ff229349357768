import { divided, MAX_NODE_SCORE } from './resources.ts';

/** A `topologySpreadConstraint` of the pod, with what the scheduler counted for it. */
export interface SpreadConstraint {
  readonly maxSkew: number;
  /** By node: the topology value it lies in (its zone, its own name); null without the label. */
  readonly domains: readonly (string | null)[];
  /** Matching pods by topology value; values not named hold none. */
  readonly podsByDomain: Readonly<Record<string, number>>;
}

/**
 * Constraints that every pod of a Service or a Deployment has by default: spread over hosts (skew 3) and
 * zones (skew 5), `ScheduleAnyway`. (kubernetes/kubernetes podtopologyspread/plugin.go, 2025.)
 */
export const DEFAULT_MAX_SKEW = { 'kubernetes.io/hostname': 3, 'topology.kubernetes.io/zone': 5 } as const;

/**
 * `PodTopologySpread` for constraints that are wishes (`ScheduleAnyway`): nodes in domains with fewer
 * matching pods score higher. A domain's pods count ln(domains + 2) each, so that a few zones outweigh many
 * hosts, and maxSkew − 1 is added; sums are rounded and mapped to 0 … 100 so that the fullest comes last.
 *
 * Source: kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go, 2025.
 * @param constraints each speaks of the same nodes in the same order
 * @returns the score of each node; 0 for nodes that lack a constraint's label
 */
export function topologySpreadScores(constraints: readonly SpreadConstraint[]): number[] {
  const nodes = constraints[0]?.domains.length ?? 0;
  const all = Array.from({ length: nodes }, (_, node) => node);
  const isIgnored = (node: number) => constraints.some(({ domains }) => domains[node] === null);
  const kept = all.filter((node) => !isIgnored(node));
  const weights = constraints.map(({ domains }) =>
    Math.log(new Set(kept.map((node) => domains[node])).size + 2),
  );
  const raw = all.map((node) =>
    isIgnored(node)
      ? 0
      : Math.round(
          constraints.reduce((sum, { domains, podsByDomain, maxSkew }, index) => {
            const pods = podsByDomain[domains[node]!] ?? 0;
            return sum + pods * weights[index]! + (maxSkew - 1);
          }, 0),
        ),
  );
  const scores = kept.map((node) => raw[node]!);
  const least = Math.min(...scores);
  const most = Math.max(...scores);
  return all.map((node) => {
    if (isIgnored(node)) return 0;
    if (most === 0) return MAX_NODE_SCORE;
    return divided(MAX_NODE_SCORE * (most + least - raw[node]!), most);
  });
}

/**
 * `PodTopologySpread` for constraints that are rules (`DoNotSchedule`): a node is out when the pod would make
 * its domain exceed the emptiest by more than maxSkew, or when it lacks the label.
 * (podtopologyspread/filtering.go, 2025.)
 */
export function allowsSpread({ maxSkew, domains, podsByDomain }: SpreadConstraint, node: number): boolean {
  const domain = domains[node];
  if (domain === null || domain === undefined) return false;
  const known = new Set(domains.filter((each) => each !== null));
  const least = Math.min(...[...known].map((each) => podsByDomain[each!] ?? 0));
  return allowsSkew(podsByDomain[domain] ?? 0, least, maxSkew);
}

/** Whether a domain with so many pods may have one more, where the emptiest has `least`. */
export function allowsSkew(pods: number, least: number, maxSkew: number): boolean {
  return pods + 1 - least <= maxSkew;
}
