import type { TraceFunction } from './azure-2019-invocations.ts';

/** Ever longer names for a function, of the first characters of its hashes. */
const FORMS: readonly ((each: TraceFunction) => string)[] = [
  (each) => each.function.slice(0, 8),
  (each) => each.function.slice(0, 12),
  (each) => `${each.function.slice(0, 8)}-${each.app.slice(0, 8)}`,
  (each) => `${each.function.slice(0, 12)}-${each.app.slice(0, 12)}-${each.owner.slice(0, 12)}`,
];

/** The shortest name for each function that no other has; those whose hashes are alike are numbered. */
export function shortNames(functions: readonly TraceFunction[]): string[] {
  const names: (string | undefined)[] = functions.map(() => undefined);
  const taken = new Set<string>();
  for (const form of FORMS) {
    const candidates = functions.map(form);
    const uses = new Map<string, number>();
    for (const candidate of candidates) uses.set(candidate, (uses.get(candidate) ?? 0) + 1);
    candidates.forEach((candidate, i) => {
      if (names[i] !== undefined || uses.get(candidate) !== 1 || taken.has(candidate)) return;
      names[i] = candidate;
      taken.add(candidate);
    });
  }
  return names.map((name, i) => {
    if (name !== undefined) return name;
    const stem = FORMS.at(-1)!(functions[i]!);
    let number = 1;
    while (taken.has(`${stem}-${number}`)) number += 1;
    taken.add(`${stem}-${number}`);
    return `${stem}-${number}`;
  });
}
