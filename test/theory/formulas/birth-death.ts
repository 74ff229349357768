/** What a many-server queue with limits comes to in steady state. */
export interface SteadyState {
  /** Share of arrivals that are turned away. */
  readonly rejected: number;
  /** Share of arrivals that give up while they wait. */
  readonly abandoned: number;
  /** Mean number in system, and waiting. */
  readonly inSystem: number;
  readonly waiting: number;
  /** Mean time in system of those let in, seconds (Little's law). */
  readonly sojourn: number;
}

/** Rates per second; `room` is the most that may be in system; `patienceRate` is 1 / mean patience. */
export interface BirthDeathQueue {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
  readonly room: number;
  readonly patienceRate?: number;
}

/**
 * The stationary law of a birth–death chain, π(n) ∝ Π λ/μ(k), with deaths at rate min(n, c)·μ + max(0, n −
 * c)·θ: M/M/c/K for θ = 0 (Kleinrock, Queueing Systems I, 3.7), Erlang-A for θ > 0 (Palm 1957; Garnett,
 * Mandelbaum and Reiman 2002).
 */
export function birthDeathQueue(queue: BirthDeathQueue): SteadyState {
  const { arrivalRate, serviceRate, servers, room, patienceRate = 0 } = queue;
  const weights = [1];
  for (let n = 1; n <= room; n++) {
    const deathRate = Math.min(n, servers) * serviceRate + Math.max(0, n - servers) * patienceRate;
    weights.push((weights[n - 1]! * arrivalRate) / deathRate);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (value: (n: number) => number) =>
    weights.reduce((sum, weight, n) => sum + weight * value(n), 0) / total;
  const rejected = weights[room]! / total;
  const inSystem = mean((n) => n);
  const waiting = mean((n) => Math.max(0, n - servers));
  return {
    rejected,
    abandoned: (patienceRate * waiting) / arrivalRate,
    inSystem,
    waiting,
    sojourn: inSystem / (arrivalRate * (1 - rejected)),
  };
}
