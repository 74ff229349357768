import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { printProblems } from '../../cli/print-problems.ts';
import { parseScenario } from '../../sim/scenario/parse.ts';

/** What is written to a stream that is, or is not, a terminal. */
function printed(isTerminal: boolean): string {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: isTerminal,
    getColorDepth: WriteStream.prototype.getColorDepth,
  });
  const { problems, source } = parseScenario('version: 2\n', 'scenario.yaml');
  printProblems(problems.slice(0, 1), source, stream);
  return String(stream.read());
}

describe('printing problems', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is plain text off a terminal, and ends with an empty line', () => {
    vi.stubEnv('FORCE_COLOR', undefined);
    const text = printed(false);
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/^error\[[a-z-]+\]: /);
    expect(text.endsWith('\n\n')).toBe(true);
  });

  it('has colours on a terminal, but not with NO_COLOR', () => {
    vi.stubEnv('FORCE_COLOR', undefined);
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('CI', undefined);
    vi.stubEnv('TERM', 'xterm-256color');
    expect(printed(true)).toContain('\u001b[');
    vi.stubEnv('NO_COLOR', '1');
    expect(printed(true)).not.toContain('\u001b[');
  });

  it('writes nothing when there is nothing', () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    printProblems([], parseScenario('', 'scenario.yaml').source, stream);
    expect(stream.read()).toBeNull();
  });
});
