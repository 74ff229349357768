import { type UnitReading, unitSchema } from './unit-text.ts';

const MONEY = /^\s*\$\s*(\d+\.?\d*|\.\d+)\s*$/;

function readMoney(text: string | number): UnitReading {
  if (typeof text === 'number') return { ok: false, help: `say that it is money: \`$${text}\`` };
  const match = MONEY.exec(text);
  if (match === null) return { ok: false, help: 'US dollars, such as `$500` or `$0.05`' };
  return { ok: true, value: Number(match[1]) };
}

/** An amount of US dollars: `$500`, `$0.05`. */
export const moneySchema = unitSchema(
  { what: 'an amount of money', description: 'US dollars: $500, $0.05.', examples: ['$500', '$0.05'] },
  readMoney,
);

/**
 * The decimal digits of an accepted money text, without the sign: `0.05`. Money is never read as a double.
 */
export function moneyDecimal(text: string): string {
  const match = MONEY.exec(text);
  if (match === null) throw new Error(`unread money ${JSON.stringify(text)}`);
  return match[1]!;
}
