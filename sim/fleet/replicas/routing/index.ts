import type { Random } from '../../../kernel/random.ts';
import { ConnectionLimit } from './connection-limit.ts';
import { LeastOutstanding } from './least-outstanding.ts';
import { RandomChoices } from './random-choices.ts';
import { RoundRobin } from './round-robin.ts';
import type { Router, RoutingPlan } from './router.ts';
import { SlowStart } from './slow-start.ts';

export type { Router, RoutingPlan } from './router.ts';

/** @param random used by the algorithms that draw */
export function openRouter(plan: RoutingPlan, random: Random): Router {
  const router = openAlgorithm(plan, random);
  const { connectionsMax } = plan;
  return connectionsMax === Number.POSITIVE_INFINITY ? router : new ConnectionLimit(router, connectionsMax);
}

function openAlgorithm({ algorithm, choices, slowStartMicros }: RoutingPlan, random: Random): Router {
  switch (algorithm) {
    case 'round_robin':
      return slowStartMicros > 0 ? new SlowStart(slowStartMicros) : new RoundRobin();
    case 'least_outstanding_requests':
      return new LeastOutstanding();
    case 'random':
      return new RandomChoices(1, random);
    case 'power_of_two':
      return new RandomChoices(choices, random);
  }
}
