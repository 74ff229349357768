import type { RoutingPlan } from '../../sim/fleet/replicas/routing/index.ts';
import type { Random } from '../../sim/kernel/random.ts';
import type { Instance } from './server.ts';

/** Chooses an instance among those in service; undefined when there is none. */
export type Balancer = (inService: readonly Instance[]) => Instance | undefined;

export function openBalancer({ algorithm, choices }: RoutingPlan, random: Random): Balancer {
  switch (algorithm) {
    case 'round_robin':
      return roundRobin();
    case 'least_outstanding_requests':
      return leastOutstanding;
    case 'random':
      return (instances) => bestOf(1, instances, random);
    case 'power_of_two':
      return (instances) => bestOf(choices, instances, random);
  }
}

/** Of some drawn at random the one with the fewest requests, the one drawn first where they are even. */
function bestOf(choices: number, instances: readonly Instance[], random: Random): Instance | undefined {
  if (instances.length === 0) return undefined;
  const line = byService(instances);
  const drawn = Array.from({ length: choices }, () => line[Math.floor(random() * line.length)]!);
  return drawn.toSorted((a, b) => a.jobs.length - b.jobs.length)[0];
}

function byService(instances: readonly Instance[]): Instance[] {
  return instances.toSorted((a, b) => a.serviceNumber - b.serviceNumber);
}

/** The next in the order of coming into service after the last one chosen, then the first again. */
function roundRobin(): Balancer {
  let last = -1;
  return (instances) => {
    const line = byService(instances);
    const chosen = line.find((each) => each.serviceNumber > last) ?? line[0];
    if (chosen !== undefined) last = chosen.serviceNumber;
    return chosen;
  };
}

/** The one with the fewest requests; of several, the one whose number has stood longest. */
function leastOutstanding(instances: readonly Instance[]): Instance | undefined {
  return instances.toSorted((a, b) => a.jobs.length - b.jobs.length || a.loadChanged - b.loadChanged)[0];
}
