import { describe, expect, it } from 'vitest';
import { csvText } from '../../../reports/csv/csv.ts';
import { csvTables } from '../../../reports/csv/index.ts';
import { hostileNames, makeResult, withNothingCompleted } from '../fixtures.ts';

/** RFC 4180, as a reader that knows nothing of the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\n') {
      row.push(cell);
      cell = '';
      if (character === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += character;
  }
  return rows;
}

function table(name: string, result = makeResult({ names: ['lambda', 'asg'] })): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(csvTables.find((each) => each.name === name)!.render(result));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
}

describe('every table', () => {
  const results = {
    hostile: makeResult({ names: hostileNames }),
    nothing: withNothingCompleted(makeResult({ names: ['a'] })),
  };

  it.each(csvTables.map((each) => each.name))(
    '%s is rectangular, with LF line ends and names in snake case',
    (name) => {
      for (const result of Object.values(results)) {
        const text = csvTables.find((each) => each.name === name)!.render(result);
        const rows = parseCsv(text);
        expect(text.endsWith('\n')).toBe(true);
        expect(text.replaceAll(/"[^"]*"/g, '')).not.toContain('\r');
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);
        for (const column of rows[0]!) expect(column).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(text).not.toMatch(/NaN|undefined|null/);
      }
    },
  );

  it.each(csvTables.map((each) => each.name))('%s gives a spreadsheet no formula', (name) => {
    const rows = parseCsv(csvTables.find((each) => each.name === name)!.render(results.hostile));
    for (const cell of rows.flat()) {
      if (!/^[-+]?[\d.]+(e[-+]\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    expect(rows.some((row) => row[0] === `'${hostileNames[1]}`)).toBe(true);
  });
});

describe('the text', () => {
  it('guards texts and leaves negative numbers alone', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['-1', -1],
          ['\tx', 1e-7],
          ['=1+1', null],
        ],
      ),
    ).toBe("a,b\n'-1,-1\n'\tx,1e-7\n'=1+1,\n");
  });

  it('quotes what needs it', () => {
    expect(parseCsv(csvText(['a'], [['x,"y"\nz']]))).toEqual([['a'], ['x,"y"\nz']]);
  });
});

describe('the values', () => {
  const result = makeResult({ names: ['lambda', 'asg'] });

  it('reads back the summary exactly', () => {
    const [lambda, asg] = table('summary', result);
    const expected = result.platforms.lambda!;
    expect(Number(lambda?.latency_ms_p99)).toBe(expected.latencyMs.p99);
    expect(Number(lambda?.cost_usd_per_month)).toBe(expected.cost.usdPerMonth);
    expect(Number(lambda?.failures_throttled)).toBe(6);
    expect(Number(asg?.failures_timed_out)).toBe(12);
    expect(asg?.capacity_unit).toBe('instances');
  });

  it('has every line of every bill, unrounded, and its sum', () => {
    const lines = table('cost-lines', result).filter((line) => line.platform === 'asg');
    expect(lines.map((line) => line.line_id)).toEqual(
      result.platforms.asg!.cost.lines.map((line) => line.id),
    );
    expect(lines.reduce((sum, line) => sum + Number(line.usd_per_month), 0)).toBeCloseTo(148, 9);
  });

  it('has a row for every bin, empty where nothing was completed', () => {
    const bins = table('timeseries', result).filter((row) => row.platform === 'lambda');
    expect(bins).toHaveLength(60);
    expect(bins[37]).toMatchObject({ start_seconds: '2220', step_seconds: '60', latency_ms_p99: '' });
    const { arrivals } = result.platforms.lambda!.timeseries.columns;
    expect(bins.map((row) => Number(row.arrivals))).toEqual(arrivals);
  });

  it('ends the distribution at all requests and 100 per cent', () => {
    const steps = table('latency-percentiles', result).filter((row) => row.platform === 'asg');
    const { counts } = result.platforms.asg!.latencyDistribution;
    const last = steps[steps.length - 1];
    expect(Number(last?.requests_cumulative)).toBe(counts.reduce((sum, count) => sum + count, 0));
    expect(Number(last?.percentile)).toBe(100);
  });
});
