import { allowsSkew } from './pod-topology-spread.ts';
import type { SpreadRule } from './scheduler-profile.ts';

/** How many pods a node and its zone have, as the scheduler keeps them. */
export interface PodCounts {
  readonly podsOn: Int32Array;
  readonly podsInZone: Int32Array;
  readonly zoneOf: Int32Array;
}

/** Constraints that are rules (`DoNotSchedule`), as numbers of the moment. */
export class SpreadRules {
  private readonly hostSkew: number;
  private readonly zoneSkew: number;
  private leastOnHost = 0;
  private leastInZone = 0;

  constructor(rules: readonly SpreadRule[]) {
    const skewOf = (key: SpreadRule['topologyKey']) =>
      rules.find(({ topologyKey, whenUnsatisfiable }) => {
        return topologyKey === key && whenUnsatisfiable === 'DoNotSchedule';
      })?.maxSkew ?? Number.POSITIVE_INFINITY;
    this.hostSkew = skewOf('kubernetes.io/hostname');
    this.zoneSkew = skewOf('topology.kubernetes.io/zone');
  }

  get areNone(): boolean {
    return this.hostSkew === Number.POSITIVE_INFINITY && this.zoneSkew === Number.POSITIVE_INFINITY;
  }

  /** Looks for the emptiest node and zone; nodes that are cordoned count (`nodeTaintsPolicy: Ignore`). */
  measure(nodes: readonly number[], { podsOn, podsInZone, zoneOf }: PodCounts): void {
    this.leastOnHost = Number.POSITIVE_INFINITY;
    this.leastInZone = Number.POSITIVE_INFINITY;
    for (const node of nodes) {
      this.leastOnHost = Math.min(this.leastOnHost, podsOn[node]!);
      this.leastInZone = Math.min(this.leastInZone, podsInZone[zoneOf[node]!]!);
    }
  }

  /** Whether one more pod may come to a node, after `measure`. */
  allow(node: number, { podsOn, podsInZone, zoneOf }: PodCounts): boolean {
    return (
      allowsSkew(podsOn[node]!, this.leastOnHost, this.hostSkew) &&
      allowsSkew(podsInZone[zoneOf[node]!]!, this.leastInZone, this.zoneSkew)
    );
  }
}
