const HOURS_PER_DAY = 24;
const DAYS_PER_WEEK = 7;
/** As far back as a forecast looks, and the least it needs (user guide, "Predictive scaling", 2023-05). */
const PAST_DAYS = 14;
export const LEAST_HOURS = HOURS_PER_DAY;

/**
 * Forecasts the load of an hour from the same hour of the past: of the same day of the week in the last two
 * weeks when there is a week of it, else of each day so far. The mean of these, for AWS does not say how it
 * forecasts: this is a plain stand-in, right for what repeats and blind to trends.
 *
 * @param past mean load of every hour so far, oldest first
 * @param hour counted as those of `past`; at or after its end
 * @returns null when no such hour has been seen
 */
export function forecastLoad(past: readonly number[], hour: number): number | null {
  if (past.length < LEAST_HOURS) return null;
  const hasWeek = past.length >= HOURS_PER_DAY * DAYS_PER_WEEK;
  const every = HOURS_PER_DAY * (hasWeek ? DAYS_PER_WEEK : 1);
  const seen: number[] = [];
  for (let at = hour - every; at >= Math.max(0, hour - PAST_DAYS * HOURS_PER_DAY); at -= every) {
    if (at < past.length) seen.push(past[at]!);
  }
  return seen.length === 0 ? null : seen.reduce((sum, load) => sum + load, 0) / seen.length;
}
