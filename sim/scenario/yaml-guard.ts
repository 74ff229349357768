import { Lexer } from 'yaml';

const FILE_CHARACTERS_MAX = 1_000_000;
const TOKENS_MAX = 200_000;
const FLOW_DEPTH_MAX = 64;
const INDENT_MAX = 200;
const INDICATORS_PER_LINE_MAX = 40;

export type GuardFault = {
  readonly code: 'too-large' | 'too-deep';
  readonly message: string;
  readonly offset: number;
};

/**
 * Refuses texts that cost a YAML parser its stack, its memory or minutes, before it sees them: the parser is
 * recursive, the lexer is not. The limits lie far above any scenario and below what a second can parse.
 * @returns null for a text that is safe to parse.
 */
export function guardYaml(text: string): GuardFault | null {
  if (text.length > FILE_CHARACTERS_MAX) {
    return { code: 'too-large', message: 'the file is larger than 1 MB', offset: 0 };
  }
  let tokens = 0;
  let offset = 0;
  let flowDepth = 0;
  let indicators = 0;
  for (const token of new Lexer().lex(text)) {
    if (++tokens > TOKENS_MAX) return { code: 'too-large', message: 'the file has too many parts', offset };
    if (token === '[' || token === '{') flowDepth++;
    else if (token === ']' || token === '}') flowDepth = Math.max(0, flowDepth - 1);
    else if (token.includes('\n')) indicators = 0;
    else if (flowDepth === 0 && (token === '-' || token === '?' || token === ':')) indicators++;
    const tooDeep =
      flowDepth > FLOW_DEPTH_MAX ||
      indicators > INDICATORS_PER_LINE_MAX ||
      (flowDepth === 0 && token.length > INDENT_MAX && indicators === 0 && token.trim() === '');
    if (tooDeep) return { code: 'too-deep', message: 'the file is nested too deeply', offset };
    offset += isVirtual(token) ? 0 : token.length;
  }
  return null;
}

/** The lexer marks documents, flow ends and scalars with tokens that are no text of the file. */
function isVirtual(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f';
}
