import { styleText } from 'node:util';
import type { Problem } from '../sim/problems/problem.ts';
import { type Paint, renderProblems } from '../sim/problems/render.ts';
import type { SourceMap } from '../sim/problems/source-map.ts';

/** Paints for one stream. `styleText` leaves the text plain off a terminal, with NO_COLOR and with TERM=dumb. */
function paintFor(stream: NodeJS.WritableStream): Paint {
  return {
    error: (text) => styleText(['bold', 'red'], text, { stream }),
    warning: (text) => styleText(['bold', 'yellow'], text, { stream }),
    strong: (text) => styleText('bold', text, { stream }),
    gutter: (text) => styleText(['bold', 'blue'], text, { stream }),
  };
}

/** Writes every problem, ten at most, with its place in the source, then one empty line. */
export function printProblems(
  problems: readonly Problem[],
  source: SourceMap,
  stream: NodeJS.WritableStream = process.stderr,
): void {
  if (problems.length > 0) stream.write(`${renderProblems(problems, source, paintFor(stream))}\n\n`);
}
