// The style guide as a test: what a reviewer would have to say again and again.
import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../sim/version.ts';
import { lineAt, ROOT, readSource, type Source, sourcesBelow } from './helpers/sources.ts';
import {
  childrenOf,
  type Import,
  importsOf,
  isNode,
  parseTypeScript,
  type SyntaxNode,
  walk,
  wordOf,
} from './helpers/syntax.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 60;
const LINE_CHARACTERS_MAX = 110;

/**
 * The rooms, from the top down: code may use what is in lower rows only, and its own room. Rooms of one row
 * do not know each other, but for the pair below.
 */
const ROOMS: readonly (readonly string[])[] = [
  ['cli'],
  ['reports'],
  ['sim/index.ts'],
  ['sim/simulate.ts'],
  ['sim/experiment'],
  ['sim/scenario'],
  ['sim/platforms'],
  ['sim/fleet'],
  ['sim/billing', 'sim/result'],
  ['sim/observe'],
  ['sim/traffic', 'sim/workload'],
  ['sim/distributions'],
  ['sim/units', 'sim/problems'],
  ['sim/kernel', 'sim/version.ts'],
];
/**
 * A trace brings its workloads along, and a feed merges streams: each needs the other's types, and no more.
 */
const SHARE_TYPES = ['sim/traffic', 'sim/workload'];

const code = sourcesBelow(['sim', 'reports', 'cli'], '.ts').map((source) => ({
  ...source,
  program: parseTypeScript(source.text),
}));
const inSim = code.filter(({ path }) => path.startsWith('sim/'));
const texts = [
  ...code,
  ...sourcesBelow(['test'], '.ts', '.mjs'),
  ...sourcesBelow(['docs', 'scenarios'], '.md', '.yaml'),
  ...sourcesBelow(['sim'], '.md'),
  ...['build.mjs', 'vitest.config.ts', 'README.md', 'CHANGELOG.md']
    .filter((file) => existsSync(ROOT + file))
    .map(readSource),
];
const platformFolders = readdirSync(`${ROOT}sim/platforms`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => `sim/platforms/${entry.name}`);

function roomOf(path: string): string {
  const rooms = ROOMS.flat().filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms[0] ?? path;
}

const levelOf = (room: string): number => ROOMS.findIndex((row) => row.includes(room));
const placed = (source: Source, offset: number) => `${source.path}:${lineAt(source, offset)}`;

/** What is wrong with an import from one of our files into another; null for nothing. */
function importFault(from: string, { typeOnly }: Import, to: string): string | null {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (levelOf(room) === -1) return `${room} is no room of the picture`;
  if (levelOf(other) === -1) return `${other} is no room of the picture`;
  if (room === other) return platformFault(from, to);
  if (levelOf(other) > levelOf(room)) return null;
  if (typeOnly && SHARE_TYPES.includes(room) && SHARE_TYPES.includes(other)) return null;
  return `${room} must not know ${other}`;
}

/** Platforms are known by the registry alone, and know what they share. */
function platformFault(from: string, to: string): string | null {
  const target = platformFolders.find((folder) => to.startsWith(`${folder}/`));
  if (target === undefined || from.startsWith(`${target}/`) || from === 'sim/platforms/index.ts') return null;
  return `${from} must not know ${target}`;
}

describe('rooms', () => {
  test('arrows go down', () => {
    const faults = code.flatMap((source) =>
      importsOf(source.program)
        .filter((each) => each.from.startsWith('.'))
        .flatMap((each) => {
          const to = posix.join(posix.dirname(source.path), each.from);
          const fault = importFault(source.path, each, to);
          return fault === null ? [] : [`${placed(source, each.start)} imports ${to}: ${fault}`];
        }),
    );
    expect(faults).toEqual([]);
  });

  test('sim/ and reports/ run in a browser: nothing of Node is imported', () => {
    const faults = code
      .filter(({ path }) => !path.startsWith('cli/'))
      .flatMap((source) =>
        importsOf(source.program)
          .filter(({ from }) =>
            /^(?:node:|fs|path|os|url|util|crypto|events|stream|worker_threads)\b/.test(from),
          )
          .map((each) => `${placed(source, each.start)} imports ${each.from}`),
      );
    expect(faults).toEqual([]);
  });

  test('sim/ knows no clock, no chance, no host and no language of the reader', () => {
    const faults = inSim.flatMap((source) => {
      const found: string[] = [];
      walk(source.program, (node, parent) => {
        const word = bannedWord(node, parent);
        if (word !== null) found.push(`${placed(source, node.start)} uses ${word}`);
      });
      return found;
    });
    expect(faults).toEqual([]);
  });
});

const HOST_GLOBALS = [
  'Date',
  'Intl',
  'console',
  'process',
  'performance',
  'crypto',
  'globalThis',
  'fetch',
  'Worker',
];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'];
const BANNED = new Set([...HOST_GLOBALS, ...TIMERS]);

/**
 * The name of a global, or of a method, that makes a result depend on more than scenario, seed and version.
 */
function bannedWord(node: SyntaxNode, parent: SyntaxNode | null): string | null {
  if (node.type === 'MemberExpression') {
    const property = wordOf(node.property) ?? '';
    if (wordOf(node.object) === 'Math' && property === 'random') return 'Math.random';
    return /^(?:toLocale\w+|localeCompare)$/.test(property) ? property : null;
  }
  if (node.type !== 'Identifier') return null;
  const isName = parent?.property === node || (parent?.key === node && parent.shorthand !== true);
  const name = String(node.name);
  return !isName && BANNED.has(name) ? name : null;
}

/** Every function of a source that is longer than it may be. */
function longFunctions(source: Source & { readonly program: SyntaxNode }): string[] {
  const found: string[] = [];
  walk(source.program, (node, parent) => {
    if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
    const lines = lineAt(source, node.end) - lineAt(source, node.start) + 1;
    const name = wordOf(node.id) ?? wordOf(parent?.key) ?? wordOf(parent?.id) ?? 'a function';
    if (lines > FUNCTION_LINES_MAX) found.push(`${placed(source, node.start)} ${name} has ${lines} lines`);
  });
  return found;
}

describe('sizes', () => {
  const measured = texts.filter(({ path }) => /\.(?:ts|mjs)$/.test(path));

  test(`no file has more than ${FILE_LINES_MAX} lines`, () => {
    const long = measured.filter(({ lines }) => lines.length - 1 > FILE_LINES_MAX);
    expect(long.map(({ path, lines }) => `${path} has ${lines.length - 1} lines`)).toEqual([]);
  });

  test(`no function has more than ${FUNCTION_LINES_MAX} lines`, () => {
    expect(code.flatMap(longFunctions)).toEqual([]);
  });

  test(`no line has more than ${LINE_CHARACTERS_MAX} characters`, () => {
    const long = measured.flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => {
        const { length } = [...line];
        return length > LINE_CHARACTERS_MAX ? [`${path}:${index + 1} has ${length} characters`] : [];
      }),
    );
    expect(long).toEqual([]);
  });
});

/**
 * Keys of the options that have a default, `name: schema.default(…)`; what such a default is made of is part
 * of it.
 */
function defaultedKeys(program: SyntaxNode): string[] {
  const keys: string[] = [];
  const look = (node: SyntaxNode): void => {
    const key = node.type === 'Property' ? wordOf(node.key) : null;
    if (key !== null && isNode(node.value) && hasDefault(node.value)) keys.push(key);
    else childrenOf(node).forEach(look);
  };
  look(program);
  return [...new Set(keys)];
}

/** True for a chain of calls, `a.b().default(x).c()`, that has a default on the way. */
function hasDefault(node: SyntaxNode): boolean {
  if (node.type === 'CallExpression' && isNode(node.callee)) return hasDefault(node.callee);
  if (node.type !== 'MemberExpression' || !isNode(node.object)) return false;
  return /^(?:default|prefault)$/.test(wordOf(node.property) ?? '') || hasDefault(node.object);
}

describe('platforms', () => {
  test.each(platformFolders)('%s has its README, options, plan, assumptions and bill', (folder) => {
    const parts = ['README.md', 'index.ts', 'options.ts', 'plan.ts', 'assumptions.ts', 'bill.ts'];
    expect(parts.filter((part) => !existsSync(`${ROOT}${folder}/${part}`))).toEqual([]);
  });

  test.each(platformFolders)('the README of %s names every option that has a default', (folder) => {
    const keys = defaultedKeys(parseTypeScript(readSource(`${folder}/options.ts`).text));
    const readme = readSource(`${folder}/README.md`).text;
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(readme))).toEqual([]);
  });
});

describe('words', () => {
  test('nothing is put off in a comment, and no path of somebody’s machine is in a file', () => {
    // Written apart, so that this file does not find itself.
    const unfinished = new RegExp(
      `\\b(?:${['TO', 'FIX', 'XX'].map((word, i) => word + ['DO', 'ME', 'X'][i]).join('|')})\\b`,
    );
    const machine = /(?:^|[\s'"`(=])\/(?:work|home|root|Users|mnt)\/\w/;
    const faults = texts.flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        unfinished.test(line) || machine.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
      ),
    );
    expect(faults).toEqual([]);
  });

  test('the version is told once and repeated right', () => {
    const manifest = JSON.parse(readSource('package.json').text);
    const lock = JSON.parse(readSource('package-lock.json').text);
    expect([version, lock.version, lock.packages[''].version]).toEqual(Array(3).fill(manifest.version));
  });
});
