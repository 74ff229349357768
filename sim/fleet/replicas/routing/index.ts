import type { Random } from '../../../kernel/random.ts';
import { LeastOutstanding } from './least-outstanding.ts';
import { RandomChoices } from './random-choices.ts';
import { RoundRobin } from './round-robin.ts';
import type { Router, RoutingPlan } from './router.ts';
import { SlowStart } from './slow-start.ts';

export type { Router, RoutingPlan } from './router.ts';

/** @param random used by the algorithms that draw */
export function openRouter({ algorithm, choices, slowStartMicros }: RoutingPlan, random: Random): Router {
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
