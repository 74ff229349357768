import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow, ROOT } from './sources.ts';

const BUILT = ['dist/cli.js', 'dist/index.js', 'dist/worker.js', 'dist/types/sim/index.d.ts'];
const LOCK = join(ROOT, 'node_modules/.breakeven-build');
const LOCK_MS_MAX = 120_000;

const modifiedMs = (path: string): number => statSync(join(ROOT, path)).mtimeMs;

function isStale(): boolean {
  if (BUILT.some((path) => !existsSync(join(ROOT, path)))) return true;
  const oldest = Math.min(...BUILT.map(modifiedMs));
  const sources = ['sim', 'reports', 'cli'].flatMap(filesBelow);
  return [...sources, 'build.mjs', 'package.json', 'tsconfig.json'].some((path) => modifiedMs(path) > oldest);
}

/** Builds dist/ when it is missing or older than a source. Of several test runs at a time, one builds. */
export default async function build(): Promise<void> {
  while (isStale()) {
    if (!takeLock()) {
      await sleep(200);
      continue;
    }
    try {
      execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'pipe', encoding: 'utf8' });
      return;
    } finally {
      rmSync(LOCK, { recursive: true, force: true });
    }
  }
}

/** Whether it is on us to build. A lock that old was left by a run that was killed. */
function takeLock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    const age = existsSync(LOCK) ? Date.now() - statSync(LOCK).mtimeMs : 0;
    if (age > LOCK_MS_MAX) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}
