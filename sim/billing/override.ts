import { nearestNames } from '../problems/nearest.ts';
import { type Path, type Problem, problem } from '../problems/problem.ts';
import { either, ticked } from '../problems/words.ts';
import {
  INSTANCE_PREFIX,
  instanceNames,
  instancePriceFrame,
  instancePriceId,
  readInstancePriceId,
} from './instances.ts';
import type { InstancePriceKind, PriceOverrides } from './price-book.ts';
import { priceDefinition, servicePriceIds } from './price-files.ts';

/** What overrides amount to: for each price id the dollars of one unit, as decimal digits. */
export type FlatPrices = ReadonlyMap<string, string>;

interface Reading {
  readonly usd?: string;
  readonly message?: string;
  readonly help?: string;
}

const TEXT_LENGTH_MAX = 80;
const AMOUNT = /^\$\s*((?:\d{1,12}(?:\.\d{0,18})?)|(?:\.\d{1,18}))$/;
/** Units of which a price list counts millions. */
const COUNTED = new Set([
  'request',
  'message',
  'event',
  'invocation',
  'operation',
  'unit',
  'connection-minute',
]);
const KINDS: readonly InstancePriceKind[] = ['linux', 'windows', 'spotLinux'];

/** One millionth of a decimal text, by moving its point. */
function millionth(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const padded = whole.padStart(7, '0');
  return `${padded.slice(0, -6)}.${padded.slice(-6)}${fraction}`;
}

/** `GB-Hours` → `gb-h`: how people write the units of a price list. */
function canonicalUnit(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/(^|-)(?:hours?|hrs?)$/, '$1h')
    .replace(/(^|-)(?:seconds?|secs?)$/, '$1s')
    .replace(/-(?:mo|months)$/, '-month');
}

function isUnit(text: string, unit: string): boolean {
  const canonical = canonicalUnit(text);
  return canonical === unit.toLowerCase() || canonical === `${unit.toLowerCase()}s`;
}

/**
 * Reads `$0.05`, `$0.05/h` or, for what is counted, `$0.20/million`.
 * @param unit the price's own, which a written unit must be
 */
export function readOverride(written: unknown, unit: string): Reading {
  const example = `$0.05/${unit}`;
  if (typeof written === 'number') {
    return { message: 'must be a price in dollars', help: `say that it is money: \`$${written}/${unit}\`` };
  }
  if (typeof written !== 'string' || written.length > TEXT_LENGTH_MAX) {
    return { message: 'must be a price in dollars', help: `write it as \`${example}\`` };
  }
  const text = written.trim();
  const slash = text.indexOf('/');
  const amountText = (slash < 0 ? text : text.slice(0, slash)).trim();
  const amount = AMOUNT.exec(amountText)?.[1];
  if (amount === undefined) {
    const forgotten = AMOUNT.test(`$${amountText}`);
    const help = forgotten ? `say that it is money: \`$${text}\`` : `write it as \`${example}\``;
    return { message: 'must be a price in dollars', help };
  }
  const usd = amount.startsWith('.') ? `0${amount}` : amount.replace(/\.$/, '');
  if (slash < 0) return { usd };
  const per = text.slice(slash + 1).trim();
  const million = /^(?:1 ?)?million(?: (.+))?$/i.exec(per);
  if (million !== null && COUNTED.has(unit) && (million[1] === undefined || isUnit(million[1], unit))) {
    return { usd: millionth(usd) };
  }
  if (isUnit(per, unit)) return { usd };
  const perMillion = COUNTED.has(unit) ? ' or per million' : '';
  return {
    message: `is priced per ${unit}, not per ${ticked(per)}`,
    help: `give dollars per ${unit}${perMillion}: \`$${usd}/${unit}\``,
  };
}

/** The prices that an override id stands for: itself, and the variants whose bill line it is. */
export function priceTargets(id: string): readonly { id: string; unit: string }[] {
  const instance = readInstancePriceId(id);
  if (instance !== undefined) {
    const kinds = instance.kind === 'linux' ? KINDS : [instance.kind];
    const { unit } = instancePriceFrame(instance.name, instance.kind);
    return kinds.map((kind) => ({ id: instancePriceId(instance.name, kind), unit }));
  }
  return servicePriceIds()
    .map((each) => priceDefinition(each)!)
    .filter((each) => each.id === id || each.line === id);
}

export function unknownPrice(id: string, path: Path): Problem {
  const isInstance = id.startsWith(INSTANCE_PREFIX);
  const lines = servicePriceIds().map((each) => priceDefinition(each)!.line ?? each);
  const known = isInstance
    ? instanceNames.map((name) => instancePriceId(name, 'linux'))
    : [...new Set([...servicePriceIds(), ...lines])];
  const near = nearestNames(id, known, { count: 3, farthest: Math.max(3, Math.floor(id.length / 2)) });
  const help =
    near.length > 0
      ? `did you mean ${either(near.map(ticked))}?`
      : '`breakeven prices list` shows every price';
  return problem('unknown-price', path, `there is no price ${ticked(id)}`, { at: 'key', help });
}

/**
 * Reads `billing.prices` of a scenario. An override of a bill line holds for each of its variants without
 * its own.
 */
export function readOverrides(
  overrides: PriceOverrides,
  base: Path,
): { readonly flat: FlatPrices; readonly problems: readonly Problem[] } {
  const shared = new Map<string, string>();
  const own = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [id, written] of Object.entries(overrides)) {
    const path = [...base, id];
    const targets = priceTargets(id);
    if (targets.length === 0) {
      problems.push(unknownPrice(id, path));
      continue;
    }
    const reading = readOverride(written, targets[0]!.unit);
    if (reading.usd === undefined) {
      const message = `\`${id}\` ${reading.message}`;
      problems.push(problem('invalid-price', path, message, { help: reading.help ?? 'write it as `$0.05`' }));
      continue;
    }
    for (const target of targets) (target.id === id ? own : shared).set(target.id, reading.usd);
  }
  return { flat: new Map([...shared, ...own]), problems };
}
