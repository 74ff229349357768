/** What stands where there is no number: nothing was measured, or it does not apply. */
export const NONE = '–';

/** Plain decimal digits, in groups of three: `1,234.5`. Takes what `toFixed` returns. */
function groupThousands(digits: string): string {
  const [whole = '', part] = digits.split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** The power of ten of the first digit: 0.0123 → −2. */
function decimalExponent(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}

/** Three significant digits, trailing zeros kept so that columns line up: `3.10`, `14.8`, `612`, `12,300`. */
function threeDigits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded === 0) return '0';
  const decimals = Math.min(12, Math.max(0, 2 - decimalExponent(Math.abs(rounded))));
  return groupThousands(rounded.toFixed(decimals));
}

function withoutTrailingZeros(digits: string, decimalsMin = 0): string {
  const [whole = '', part = ''] = digits.split('.');
  const kept = part.replace(/0+$/, '').padEnd(decimalsMin, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

const DURATION_UNITS = [
  { unit: 'µs', ms: 0.001, below: 1 },
  { unit: 'ms', ms: 1, below: 1_000 },
  { unit: 's', ms: 1_000, below: 600_000 },
  { unit: 'min', ms: 60_000, below: 7_200_000 },
  { unit: 'h', ms: 3_600_000, below: 172_800_000 },
  { unit: 'd', ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const;

/** A duration to three digits in the unit that reads best: `612 ms`, `3.10 s`, `12.5 min`. */
export function formatDurationMs(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NONE;
  const rounded = Number(ms.toPrecision(3));
  if (rounded === 0) return '0 ms';
  const scale = DURATION_UNITS.find((each) => rounded < each.below) ?? DURATION_UNITS[5];
  return `${threeDigits(ms / scale.ms)} ${scale.unit}`;
}

/** The unit that suits an axis up to `msMax`, so that all its ticks share it. */
export function durationAxisUnit(msMax: number): { unit: string; ms: number } {
  return DURATION_UNITS.find((each) => msMax <= each.below) ?? DURATION_UNITS[5];
}

/**
 * US dollars to the cent, half up on the decimal digits: `$1,234.56`. Below a cent two significant digits are
 * kept, never an exponent: `$0.0000023`.
 */
export function formatMoney(usd: number | null): string {
  if (usd === null || !Number.isFinite(usd)) return NONE;
  const sign = usd < 0 ? '-' : '';
  const amount = Math.abs(usd);
  if (amount === 0) return '$0.00';
  if (amount >= 1e15) return `${sign}$${groupThousands(BigInt(Math.round(amount)).toString())}.00`;
  if (amount >= 0.01) {
    const cents = Math.round(Number(`${amount}e2`));
    return `${sign}$${groupThousands((cents / 100).toFixed(2))}`;
  }
  const rounded = Number(amount.toPrecision(2));
  const decimals = Math.min(20, 1 - decimalExponent(rounded));
  return `${sign}$${withoutTrailingZeros(rounded.toFixed(decimals), 2)}`;
}

/** The price of one unit with all its digits, at most eight significant: `$0.0000133334`, `$0.10`. */
export function formatUnitPrice(usd: number): string {
  if (usd === 0) return '$0.00';
  const sign = usd < 0 ? '-' : '';
  const decimals = Math.min(20, Math.max(2, 7 - decimalExponent(usd)));
  return `${sign}$${groupThousands(withoutTrailingZeros(Math.abs(usd).toFixed(decimals), 2))}`;
}

/**
 * A share in per cent: three digits at most, two below 1 %: 0.0028 → `0.28 %`. Never rounds up to the whole:
 * `> 99.9 %`.
 */
export function formatShare(fraction: number | null): string {
  if (fraction === null || !Number.isFinite(fraction)) return NONE;
  const percent = fraction * 100;
  const digits = Math.abs(percent) < 1 ? Number(percent.toPrecision(2)) : percent;
  const text = withoutTrailingZeros(threeDigits(digits));
  if (text === '100' && fraction < 1) return '> 99.9 %';
  return `${text} %`;
}

/** A whole count: `1,234,567`. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? groupThousands(Math.round(count).toFixed(0)) : NONE;
}

/** A mean or a level, to three digits without trailing zeros: `31.2`, `0.047`, `12,300`. */
export function formatAmount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  return withoutTrailingZeros(threeDigits(value));
}

/**
 * A metered quantity: three decimals at most, more only where there would be nothing left: `15,800,000`,
 * `1,460.5`.
 */
export function formatQuantity(quantity: number): string {
  if (!Number.isFinite(quantity)) return NONE;
  if (quantity !== 0 && Math.abs(quantity) < 0.001) return threeDigits(quantity);
  return groupThousands(withoutTrailingZeros(quantity.toFixed(3)));
}

/** A measured value in the unit that a threshold names: `ms`, US dollars, a share, else as it stands. */
export function formatMeasured(value: number | null, unit: string): string {
  if (value === null) return 'not measured';
  const plain = unit.toLowerCase();
  if (plain === 'ms') return formatDurationMs(value);
  if (plain.startsWith('usd') || plain.startsWith('$')) return formatMoney(value);
  if (plain === '%' || plain === 'percent') return formatShare(value / 100);
  if (['share', 'fraction', 'ratio', 'rate'].includes(plain)) return formatShare(value);
  const bare = unit === '' || plain === 'count' || plain === '1';
  return bare ? formatAmount(value) : `${formatAmount(value)} ${unit}`;
}
