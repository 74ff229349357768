/** What the command's exit code says. */
export const exitCodes = {
  passed: 0,
  thresholdsFailed: 1,
  /** The scenario or the command line is wrong, or it is too much work; nothing ran. */
  invalid: 2,
  /** Ran, but the answer cannot be trusted. */
  untrustworthy: 3,
  bug: 70,
  interrupted: 130,
} as const;
