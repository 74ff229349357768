import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One of our own files. */
export interface Source {
  /** From the root, with slashes: `sim/kernel/time.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** The files below some folders of the repository whose names end so, by path. */
export function sourcesBelow(folders: readonly string[], ...endings: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map(readSource);
}

/** A file by its path from the root. */
export function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return { path, text, lines: text.split('\n') };
}

/** Paths from the root of all files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** The line, from 1, on which a character stands. */
export function lineAt({ text }: Source, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
