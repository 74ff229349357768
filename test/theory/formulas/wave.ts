/** How the mean number in service follows a rate that swings: mean + amplitude · cos(ω(t − lag)). */
export interface Wave {
  readonly mean: number;
  readonly amplitude: number;
  readonly lagSeconds: number;
}

/** A rate λ(1 + b·cos(2πt/T)), per second. */
export interface SwingingRate {
  readonly rate: number;
  readonly swing: number;
  readonly periodSeconds: number;
}

/**
 * M_t/M/∞: the same wave, smaller by √(1 + ω²E[S]²) and later by atan(ωE[S]) / ω. Eick, Massey and Whitt,
 * Management Science 39 (1993) 241.
 */
export function exponentialServiceWave(
  { rate, swing, periodSeconds }: SwingingRate,
  meanService: number,
): Wave {
  const omega = (2 * Math.PI) / periodSeconds;
  const turn = omega * meanService;
  return {
    mean: rate * meanService,
    amplitude: (rate * meanService * swing) / Math.sqrt(1 + turn ** 2),
    lagSeconds: Math.atan(turn) / omega,
  };
}

/**
 * M_t/G/∞: E[N(t)] = ∫ λ(t − s) P(S > s) ds, so the wave is the rate's times ∫ e^(−iωs) P(S > s) ds (the
 * same, theorem 1). Simpson's rule over [0, longest].
 */
export function serviceWave(
  { rate, swing, periodSeconds }: SwingingRate,
  survival: (seconds: number) => number,
  longest: number,
): Wave {
  const omega = (2 * Math.PI) / periodSeconds;
  const integrate = (value: (s: number) => number) => {
    const steps = 2_000;
    const width = longest / steps;
    let sum = 0;
    for (let step = 0; step <= steps; step++) {
      const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
      sum += weight * value(step * width);
    }
    return (sum * width) / 3;
  };
  const cosine = integrate((s) => Math.cos(omega * s) * survival(s));
  const sine = integrate((s) => Math.sin(omega * s) * survival(s));
  return {
    mean: rate * integrate(survival),
    amplitude: rate * swing * Math.hypot(cosine, sine),
    lagSeconds: Math.atan2(sine, cosine) / omega,
  };
}
