import type { Document } from 'yaml';
import { type Problem, problem } from '../problems/problem.ts';
import type { TextLines } from '../problems/text-lines.ts';

/** Our words for what people get wrong most; the library's own for the rest. */
const WORDS: Readonly<Record<string, { message: string; help?: string }>> = {
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
  MULTIPLE_DOCS: {
    message: 'the file holds several documents',
    help: 'keep one scenario in a file: remove what begins at `---`',
  },
  BAD_ALIAS: { message: '', help: 'an anchor (`&name`) comes before its alias (`*name`)' },
};

/** Problems for what the YAML parser refused: the first of each line, for one slip often causes many. */
export function yamlProblems(document: Document, fileName: string, lines: TextLines): Problem[] {
  const seen = new Set<number>();
  const problems: Problem[] = [];
  for (const error of document.errors) {
    const { line, column } = lines.span(error.pos[0], error.pos[1]);
    if (line === null || seen.has(line) || problems.length >= 100) continue;
    seen.add(line);
    const words = WORDS[error.code];
    const message = words?.message || `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
    const code = error.code === 'MULTIPLE_DOCS' ? 'several-documents' : 'bad-yaml';
    const options = { file: { name: fileName, line, column } };
    problems.push(
      problem(code, [], message, words?.help === undefined ? options : { ...options, help: words.help }),
    );
  }
  return problems;
}
