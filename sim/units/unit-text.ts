import { z } from 'zod';

/** The outcome of reading a value with a unit: the number, or a sentence that says what to write instead. */
export type UnitReading =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly help: string };

/**
 * Finds a decimal number (`5`, `0.25`, `.5`, `1e6`) followed by a unit word.
 * @returns null for any other form.
 */
export function splitUnit(text: string): { amount: number; unit: string } | null {
  const match = /^\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-zµ]*)\s*$/.exec(text);
  if (match === null) return null;
  const amount = Number(match[1]);
  return Number.isFinite(amount) ? { amount, unit: match[2] ?? '' } : null;
}

/** What a unit is called in messages, and how it is told to editors. */
export interface UnitMeta {
  /** With its article, after "must be": `a duration`. */
  readonly what: string;
  readonly description: string;
  readonly examples: readonly string[];
}

/**
 * A zod schema for a value that carries its unit. It yields the text as written, known to be readable; the
 * compile step reads the number. A refusal's message has two lines: what is wrong, and what to write.
 */
export function unitSchema(meta: UnitMeta, read: (text: string | number) => UnitReading) {
  const refuse = (input: unknown): string => {
    const reading = typeof input === 'string' || typeof input === 'number' ? read(input) : null;
    const help = reading !== null && !reading.ok ? reading.help : `write it as \`${meta.examples[0]}\``;
    return `must be ${meta.what}\n${help}`;
  };
  return z
    .string({ error: (issue) => refuse(issue.input) })
    .refine((text) => read(text).ok, { error: (issue) => refuse(issue.input) })
    .meta({ description: meta.description, examples: [...meta.examples] });
}

/** The number of a text that a schema has already accepted. @throws Error when it has not. */
export function mustRead(read: (text: string | number) => UnitReading, text: string): number {
  const reading = read(text);
  if (!reading.ok) throw new Error(`unread unit ${JSON.stringify(text)}: ${reading.help}`);
  return reading.value;
}
