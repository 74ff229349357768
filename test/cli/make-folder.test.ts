import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../cli/output-folder.ts';

describe('makeFolder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'breakeven-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes what is missing on the way, once or twice', () => {
    const deep = join(folder, 'a', 'b', 'c');
    makeFolder(deep);
    makeFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  it('fails where a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file', 'x'))).toThrow();
    expect(() => makeFolder(join(folder, 'file'))).toThrow();
  });

  it.runIf(process.platform === 'linux')('comes back from where no folder can be made', () => {
    expect(() => makeFolder('/proc/breakeven/out')).toThrow(/ENOENT|EACCES|EPERM/);
  });
});
