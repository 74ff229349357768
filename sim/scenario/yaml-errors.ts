import type { Document } from 'yaml';
import { type Problem, problem } from '../problems/problem.ts';
import type { TextLines } from '../problems/text-lines.ts';

/** Our words for what people get wrong most; the library's own for the rest. */
const WORDS: Readonly<Record<string, { message: string; help: string }>> = {
  TAB_AS_INDENT: { message: 'a tab is used for indentation', help: 'indent with spaces' },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines above',
    help: 'keys of one map begin in the same column',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `key: value` on one line',
    help: 'put it on a line of its own, or quote a text that contains `: `',
  },
  BLOCK_IN_FLOW: {
    message: 'a map or list of lines inside brackets',
    help: 'write it with braces or brackets, too',
  },
  MISSING_CHAR: { message: '', help: 'look for a missing bracket, quote, comma or colon before this place' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key goes over more than one line',
    help: 'look for a quote or bracket before this place that is not closed',
  },
  MULTIPLE_DOCS: {
    message: 'the file holds several documents',
    help: 'keep one scenario in a file: remove what begins at `---`',
  },
};

const PROBLEMS_MAX = 100;

/** What the parser also says of the rest of a file after a slip: not worth repeating. */
const ECHOES = ['UNEXPECTED_TOKEN', 'MISSING_CHAR'];

/** Problems for what the YAML parser refused: one for each line, and none that only echoes the first. */
export function yamlProblems(document: Document, fileName: string, lines: TextLines): Problem[] {
  const seen = new Set<number>();
  const problems: Problem[] = [];
  for (const error of document.errors) {
    const { line, column } = lines.span(error.pos[0], error.pos[1]);
    const isEcho = problems.length > 0 && ECHOES.includes(error.code);
    if (line === null || seen.has(line) || isEcho || problems.length >= PROBLEMS_MAX) continue;
    seen.add(line);
    const words = WORDS[error.code];
    const message = words?.message || `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
    const code = error.code === 'MULTIPLE_DOCS' ? 'several-documents' : 'bad-yaml';
    const help = words?.help ?? 'look at brackets, quotes and indentation here and just before';
    problems.push(problem(code, [], message, { file: { name: fileName, line, column }, help }));
  }
  return problems;
}
