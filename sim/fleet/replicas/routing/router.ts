/** How a load balancer chooses among the instances in service. */
export interface RoutingPlan {
  readonly algorithm: 'round_robin' | 'least_outstanding_requests' | 'random' | 'power_of_two';
  /** Instances that `power_of_two` looks at for a request. */
  readonly choices: number;
  /** For how long a new instance's share of `round_robin` grows; 0 for none. */
  readonly slowStartMicros: number;
  /** Requests that an instance may hold and still be chosen; Infinity for no limit. */
  readonly connectionsMax: number;
}

/** Chooses among the instances in service. */
export interface Router {
  /** An instance comes into service. */
  add(instance: number, now: number): void;
  remove(instance: number): void;
  /** @returns the instance that gets the next request, or -1 when none is in service */
  pick(now: number): number;
  /** The number of requests that an instance holds has changed. */
  load(instance: number, outstanding: number): void;
}
