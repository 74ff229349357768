/**
 * Why a request failed: 429, 503, the client or the platform gave up, lost with its server, too old, its own
 * code.
 */
export const failureKinds = ['throttled', 'rejected', 'timedOut', 'interrupted', 'agedOut', 'error'] as const;
export type FailureKind = (typeof failureKinds)[number];
