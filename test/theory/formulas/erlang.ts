/**
 * Erlang's loss formula: the share of calls that find all of `servers` busy, when `offered` = λ·E[S]
 * Erlangs are offered and calls that find no server are lost. Holds for any law of service (M/G/c/c).
 * Erlang 1917; the recursion B(c) = aB(c−1) / (c + aB(c−1)) is e.g. Kleinrock, Queueing Systems I, 3.5.
 */
export function erlangB(offered: number, servers: number): number {
  let loss = 1;
  for (let count = 1; count <= servers; count++) loss = (offered * loss) / (count + offered * loss);
  return loss;
}

/** Erlang's delay formula: the share of calls of an M/M/c queue that wait. Erlang 1917. */
export function erlangC(offered: number, servers: number): number {
  const loss = erlangB(offered, servers);
  const load = offered / servers;
  return loss / (1 - load * (1 - loss));
}

/** An M/M/c queue: Poisson arrivals, exponential service, an endless line. Rates per second. */
export interface MMc {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
}

/** Mean wait before service, seconds. */
export function meanWait({ arrivalRate, serviceRate, servers }: MMc): number {
  return erlangC(arrivalRate / serviceRate, servers) / (servers * serviceRate - arrivalRate);
}

/** The wait that a share `q` of the requests stays within, seconds. */
export function waitQuantile({ arrivalRate, serviceRate, servers }: MMc, q: number): number {
  const delayed = erlangC(arrivalRate / serviceRate, servers);
  return Math.max(0, Math.log(delayed / (1 - q)) / (servers * serviceRate - arrivalRate));
}

/**
 * P(wait + service > t). The wait is 0 with probability 1 − C, else exponential with rate θ = cμ − λ, and the
 * service is exponential with rate μ, independent of it. θ = μ is the limit: C·μt·e^(−μt) more than
 * service alone.
 */
export function sojournTail({ arrivalRate, serviceRate, servers }: MMc, t: number): number {
  const delayed = erlangC(arrivalRate / serviceRate, servers);
  const theta = servers * serviceRate - arrivalRate;
  const service = Math.exp(-serviceRate * t);
  if (Math.abs(theta - serviceRate) < 1e-9 * serviceRate) return service * (1 + delayed * serviceRate * t);
  const both = (theta * service - serviceRate * Math.exp(-theta * t)) / (theta - serviceRate);
  return (1 - delayed) * service + delayed * both;
}

/** The sojourn time that a share `q` of the requests stays within, seconds; by bisection. */
export function sojournQuantile(queue: MMc, q: number): number {
  let low = 0;
  let high = 1 / queue.serviceRate;
  while (sojournTail(queue, high) > 1 - q) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (sojournTail(queue, middle) > 1 - q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
