import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline more into a function than its defaults allow. The event loops are written as short functions
 * for their readers; inlined they take about a twentieth less time. Nothing else about a run changes.
 */
export function favourHotLoops(): void {
  setFlagsFromString('--max-inlined-bytecode-size=1000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=3000');
}
