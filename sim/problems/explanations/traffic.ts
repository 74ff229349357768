import { entry } from './entry.ts';

/** Codes about traffic and about the files that a scenario names. */
export const trafficExplanations: Readonly<Record<string, string>> = {
  'missing-duration': entry(
    `Nothing says when the simulation ends: the stream has no end of its own, and the scenario has no
    duration. The window is the scenario's duration, or else lasts until the traffic ends.`,
    'main: { executor: constant-arrival-rate, rate: 5/s }',
    'main: { executor: constant-arrival-rate, rate: 5/s, duration: 1h }',
  ),
  'duplicate-name': entry(
    `Two traces, or a trace and the file, have a workload of the same name, and results could not tell
    them apart.`,
    'a: { executor: replay, file: trace, … }\nb: { executor: replay, file: trace, … }',
    'a: { executor: replay, file: trace, scale: 2, … }',
  ),
  'misplaced-key': entry(
    'The key exists, but means nothing beside the other options, and would silently do nothing.',
    '{ executor: replay, format: rates, file: r.csv, cpuShare: 0.5 }',
    '{ executor: replay, format: rates, file: r.csv }',
  ),
  'too-much-detail': entry(
    `The traffic changes so often over the simulated time, or scales a recording so far, that its
    description alone would fill the memory. Simulate a shorter time, or describe it more coarsely.`,
    'meanCalm: 1ms\nduration: 30d',
    'meanCalm: 5m\nduration: 30d',
  ),
  'missing-file': entry(
    `A file that the scenario names cannot be read. Paths are relative to the scenario file and stay
    inside its folder, so that a scenario from a stranger reads nothing else; --allow-path DIR widens
    that.`,
    'file: ../traces/day.csv',
    'file: traces/day.csv',
  ),
  'bad-trace-row': entry(
    `A row of a recorded trace is not what its format says. Rows are not skipped in silence: a trace
    with holes is another trace.`,
    'time\n0.5\nabc',
    'time\n0.5\n0.9',
  ),
  'empty-trace': entry(
    'A recorded trace has a head and no request, or none in the part that is replayed.',
    'time',
    'time\n0.0\n0.5',
  ),
  'missing-column': entry(
    'A CSV file has no column of the name that its format, or the scenario, says.',
    'seconds\n0.5',
    'time\n0.5',
  ),
  'bad-data-row': entry(
    `A line of a file of durations is none. A plain number means milliseconds; other units are written out.`,
    '12ms\nfast',
    '12ms\n0.9s',
  ),
  'empty-data-file': entry(
    'A file of durations, or the column of it that is named, holds none.',
    '# durations',
    '12ms\n15ms',
  ),
};
