/** The request at the head of the line: when it comes, what it needs, and who sends it. */
export interface RequestHead {
  readonly nextAt: number;
  /** Index of its workload. */
  readonly workload: number;
  readonly cpu: number;
  readonly wait: number;
  readonly patience: number;
  readonly fails: number;
  /** The virtual user who sends it, or -1. */
  readonly user: number;
}
