import { visible } from '../text.ts';

/** Text that is HTML already. Made by `html` alone, and by `trusted` from our own drawings. */
export interface Markup {
  readonly markup: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in elements and in quoted attributes; hidden characters are written out. */
export function escapeHtml(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character))
    .join('\n');
}

type Value = string | number | Markup | readonly Markup[];

function toMarkup(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map((each) => each.markup).join('');
}

/** A template whose every value is escaped, unless it is `Markup` itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return {
    markup: parts.map((part, index) => (index === 0 ? part : toMarkup(values[index - 1]!) + part)).join(''),
  };
}

/** Marks text as HTML: for what this program made from start to end, such as a chart. */
export function trusted(markup: string): Markup {
  return { markup };
}

export const nothing: Markup = { markup: '' };
