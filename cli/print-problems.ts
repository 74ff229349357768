import { styleText } from 'node:util';
import type { Problem } from '../sim/problems/problem.ts';
import { type Paint, renderProblems } from '../sim/problems/render.ts';
import type { SourceMap } from '../sim/problems/source-map.ts';

/**
 * Paints for one stream. `styleText` leaves the text plain off a terminal, with NO_COLOR and with
 * TERM=dumb; that of Node 20.20 looks at the stream only for a single style, so bold and colour are laid
 * one over the other.
 */
function paintFor(stream: NodeJS.WritableStream): Paint {
  const bold = (text: string) => styleText('bold', text, { stream });
  return {
    error: (text) => bold(styleText('red', text, { stream })),
    warning: (text) => bold(styleText('yellow', text, { stream })),
    strong: bold,
    gutter: (text) => bold(styleText('blue', text, { stream })),
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
