import { mustRead, splitUnit, type UnitReading, unitSchema } from './unit-text.ts';

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

function readSize(text: string | number): UnitReading {
  if (typeof text === 'number')
    return { ok: false, help: `add a unit: \`${text}KB\`, \`${text}MB\` or \`${text}MiB\`` };
  const split = splitUnit(text);
  if (split === null) return { ok: false, help: 'a number and a unit, such as `400KB`, `3MB` or `512MiB`' };
  if (split.unit === '') return readSize(split.amount);
  const unit = BYTES_PER_UNIT[split.unit];
  if (unit === undefined) {
    return {
      ok: false,
      help: `\`${split.unit}\` is no unit of size: B, KB, MB, GB (powers of 1000) or KiB, MiB, GiB (of 1024)`,
    };
  }
  const bytes = Math.round(split.amount * unit);
  return bytes <= 1e15 ? { ok: true, value: bytes } : { ok: false, help: 'at most 1000TB' };
}

/** An amount of data or memory: `400KB` (1000), `512MiB` (1024). */
export const sizeSchema = unitSchema(
  {
    what: 'a size',
    description: 'An amount of data or memory: KB, MB, GB are powers of 1000; KiB, MiB, GiB of 1024.',
    examples: ['400KB', '3MB', '512MiB'],
  },
  readSize,
);

/** Whole bytes of a size text that `sizeSchema` has accepted. */
export function sizeBytes(text: string): number {
  return mustRead(readSize, text);
}
