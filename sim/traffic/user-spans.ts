import type { UserSpan } from './traffic.ts';

/** A stage of the number of users: a straight line to its target, or a step when it lasts no time. */
export interface UserStage {
  readonly durationMicros: number;
  readonly target: number;
}

/**
 * When each virtual user is there: user u (from 0) while the target is at least u + 1, each crossing rounded
 * to a microsecond. A user for whom it only touches u + 1 is not there at all.
 *
 * @returns by user number; a user's spans are in order and do not touch
 */
export function userSpans(
  startMicros: number,
  startUsers: number,
  stages: readonly UserStage[],
): UserSpan[][] {
  const usersMax = Math.max(startUsers, ...stages.map((stage) => stage.target));
  const spans: UserSpan[][] = Array.from({ length: usersMax }, () => []);
  const since = new Float64Array(usersMax);
  const begin = (user: number, at: number): void => {
    const last = spans[user]!.at(-1);
    // A step down and up again in one instant is no absence.
    since[user] = last !== undefined && last.stopMicros === at ? spans[user]!.pop()!.startMicros : at;
  };
  const end = (user: number, at: number): void => {
    if (at > since[user]!) spans[user]!.push({ startMicros: since[user]!, stopMicros: at });
  };
  let at = startMicros;
  let present = startUsers;
  for (let user = 0; user < startUsers; user += 1) begin(user, at);
  for (const { durationMicros, target } of stages) {
    const perUser = target === present ? 0 : durationMicros / Math.abs(target - present);
    for (let user = present; user < target; user += 1)
      begin(user, at + Math.round((user + 1 - present) * perUser));
    for (let user = present - 1; user >= target; user -= 1)
      end(user, at + Math.round((present - 1 - user) * perUser));
    at += durationMicros;
    present = target;
  }
  for (let user = 0; user < present; user += 1) end(user, at);
  return spans;
}
