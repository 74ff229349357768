import { ticked } from '../problems/words.ts';

const WORDS_OF_TRUTH: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  True: true,
  no: false,
  off: false,
  n: false,
};

const FACTOR_TO_MB: Readonly<Record<string, number>> = {
  MB: 1,
  MiB: 1,
  Mi: 1,
  M: 1,
  GB: 1024,
  GiB: 1024,
  Gi: 1024,
  G: 1024,
};

/** What to write where a plain number belongs and a text stands: `1769MB`, `60%`, `"5"`, `1_000`. */
export function numberSlip(text: string, description: string): string | undefined {
  if (text.length > 40) return undefined;
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*([A-Za-z%]*)\s*$/.exec(text.replaceAll(/(?<=\d)[_,](?=\d)/g, ''));
  if (match === null) return undefined;
  const amount = Number(match[1]);
  const unit = match[2] ?? '';
  if (unit === '') return `write it without quotes or signs: ${ticked(amount)}`;
  const factor = Object.hasOwn(FACTOR_TO_MB, unit) ? FACTOR_TO_MB[unit] : undefined;
  if (factor !== undefined && /\bMB\b/.test(description)) return `a number of MB: ${ticked(amount * factor)}`;
  if (unit === '%' && /\bshare\b/.test(description)) return `a share from 0 to 1: ${ticked(amount / 100)}`;
  return `a plain number: ${ticked(amount)}`;
}

/** What to write where true or false belongs. */
export function booleanSlip(text: string): string {
  const word = text.trim();
  if (Object.hasOwn(WORDS_OF_TRUTH, word)) return `write ${ticked(String(WORDS_OF_TRUTH[word]))}`;
  return /^(true|false)$/i.test(word)
    ? `write ${ticked(word.toLowerCase())} without quotes`
    : 'write `true` or `false`';
}
