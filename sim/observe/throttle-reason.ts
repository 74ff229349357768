/**
 * Why a request was refused with 429. `accountConcurrency` and `requestRate` are quotas of the account, the
 * latter of a reservation too; `provisionedConcurrency`: all that is reserved is provisioned, and busy.
 */
export const throttleReasons = [
  'accountConcurrency',
  'reservedConcurrency',
  'provisionedConcurrency',
  'requestRate',
  'scalingRate',
  'frontDoor',
] as const;
export type ThrottleReason = (typeof throttleReasons)[number];
