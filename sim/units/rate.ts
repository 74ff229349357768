import { durationMicros, durationSchema } from './duration.ts';
import { type UnitReading, unitSchema } from './unit-text.ts';

function readRate(text: string | number): UnitReading {
  if (typeof text === 'number' && Number.isFinite(text))
    return { ok: false, help: `say per what: \`${text}/s\`, \`${text}/min\` or \`${text}/h\`` };
  const match = /^\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*\/\s*(\d*[\d.]*)\s*([A-Za-zµ]+)\s*$/.exec(
    String(text),
  );
  const perSecond = /^\s*([\d.]+)\s*(?:rps|[rt]ps|hz|req\/s|per second)\s*$/i.exec(String(text));
  if (perSecond !== null) return { ok: false, help: `did you mean \`${perSecond[1]}/s\`?` };
  if (match === null)
    return { ok: false, help: 'a count over a duration, such as `50/s`, `10/min` or `3000000/30d`' };
  const per = `${match[2] === '' ? '1' : match[2]}${match[3]}`;
  if (!durationSchema.safeParse(per).success || durationMicros(per) === 0) {
    const unit = /^(sec|second|minute|hour|day)s?$/i.exec(match[3] ?? '')?.[1]?.toLowerCase();
    if (unit !== undefined) return { ok: false, help: `did you mean \`${match[1]}/${match[2]}${unit[0]}\`?` };
    return { ok: false, help: `\`${per}\` is no duration: \`50/s\`, \`10/min\` or \`3000000/30d\`` };
  }
  const perMicro = Number(match[1]) / durationMicros(per);
  if (!(perMicro <= 1_000)) return { ok: false, help: 'at most 1000000000/s' };
  return { ok: true, value: perMicro };
}

/** A rate as scenario files write it: `50/s`, `10/min`, `3000000/30d`, `1/300s`. */
export const rateSchema = unitSchema(
  {
    what: 'a rate',
    description: 'A count over a duration: 50/s, 10/min, 3000000/30d, 1/300s.',
    examples: ['50/s', '10/min', '3000000/30d'],
  },
  readRate,
);
