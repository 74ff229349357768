const TWO_PI = 6.283185307179586;

/** Taylor's series of the cosine, exact to a double's last digits up to an eighth of a turn. */
function smallCosine(x: number): number {
  const s = x * x;
  return (
    1 -
    (s / 2) *
      (1 - (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - (s / 90) * (1 - (s / 132) * (1 - s / 182))))))
  );
}

function smallSine(x: number): number {
  const s = x * x;
  return (
    x * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))))
  );
}

/**
 * The cosine of an angle in turns, from basic arithmetic: engines disagree about the last bits of Math.cos.
 */
export function cosineOfTurns(turns: number): number {
  const fraction = Math.abs(turns - Math.round(turns));
  if (fraction <= 0.125) return smallCosine(fraction * TWO_PI);
  if (fraction >= 0.375) return -smallCosine((0.5 - fraction) * TWO_PI);
  return smallSine((0.25 - fraction) * TWO_PI);
}
