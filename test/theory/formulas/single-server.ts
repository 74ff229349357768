/**
 * Mean wait of M/G/1, first come first served, seconds: λE[S²] / 2(1 − ρ), with E[S²] = (1 + cv²)E[S]².
 * Pollaczek 1930, Khinchine 1932.
 */
export function pollaczekKhinchineWait(arrivalRate: number, meanService: number, cv2: number): number {
  const load = arrivalRate * meanService;
  return (arrivalRate * meanService ** 2 * (1 + cv2)) / (2 * (1 - load));
}

/**
 * Mean time in system of M/G/1 under processor sharing, seconds: E[S] / (1 − ρ), whatever the law of service.
 * Kleinrock 1967; Sakata, Noguchi and Oizumi 1969.
 */
export function processorSharingSojourn(arrivalRate: number, meanService: number): number {
  return meanService / (1 - arrivalRate * meanService);
}

/**
 * Mean time in system of E_k/M/1, seconds: arrivals that are every k-th of a Poisson process. The sojourn is
 * exponential with rate μ(1 − σ), where σ in (0, 1) solves σ = A*(μ(1 − σ)) and A*(s) = (kλ / (kλ + s))^k.
 * G/M/1: Kendall 1953; Kleinrock, Queueing Systems I, 6.
 */
export function erlangArrivalsSojourn(arrivalRate: number, serviceRate: number, phases: number): number {
  const phaseRate = phases * arrivalRate;
  let sigma = 0.5;
  for (let step = 0; step < 10_000; step++) {
    sigma = (phaseRate / (phaseRate + serviceRate * (1 - sigma))) ** phases;
  }
  return 1 / (serviceRate * (1 - sigma));
}
