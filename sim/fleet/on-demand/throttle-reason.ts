/** Why a request was refused with 429. */
export const throttleReasons = ['accountConcurrency', 'reservedConcurrency', 'frontDoor'] as const;
export type ThrottleReason = (typeof throttleReasons)[number];
