import type { Path } from './problem.ts';

const SHOWN_CHARACTERS = 60;
const SHOWN_ITEMS = 12;

/** A text in backticks, cut to a length that a message can hold. */
export function ticked(text: string | number | boolean): string {
  const whole = [...String(text)];
  const shown =
    whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS).join('')}…` : whole.join('');
  return `\`${shown}\``;
}

/** Joins alternatives: `a`, `a or b`, `a, b or c`. */
export function either(items: readonly string[]): string {
  const shown = items.length > SHOWN_ITEMS ? [...items.slice(0, SHOWN_ITEMS), '…'] : items;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** A path as people write it: `traffic.uploads.stages[1]`, `platforms["my servers"].type`. */
export function pathText(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]{1,64}$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part.length > 80 ? `${part.slice(0, 80)}…` : part)}]`;
  }
  return text === '' ? 'the scenario' : text;
}
