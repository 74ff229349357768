/**
 * Holds an invariant of ours, never a user's input. Stays on in production; not for the per-request path.
 * @throws Error with `message` when `condition` is false; the command reports it as a bug (exit 70).
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${message}`);
}
