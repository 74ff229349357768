import { entry } from './entry.ts';

/** Codes about the command line, and about files that a command reads or writes. */
export const commandExplanations: Readonly<Record<string, string>> = {
  'command-line': entry(
    `The command, one of its options or an option's value is not one that there is. Nothing ran. An
    option that takes one value is given once; \`--set\` and \`--allow-path\` may be repeated.`,
    'breakeven run scenario.yaml --seed one',
    'breakeven run scenario.yaml --seed 1',
  ),
  'unreadable-file': entry(
    `A scenario file cannot be read: there is none of this name, it is a folder, or the system does not
    allow it.`,
    'breakeven run scenarios/',
    'breakeven run scenarios/image-resize.yaml',
  ),
  'unwritable-output': entry(
    `The folder for the results cannot be made or written to. This is tried before the run, so that no
    work is lost.`,
    'breakeven run scenario.yaml --out /dev/null',
    'breakeven run scenario.yaml --out results',
  ),
  'would-overwrite': entry(
    `A file of this name is there already and is not the result of an earlier run, so that writing would
    lose it. Results replace only results: a folder whose result.json is ours.`,
    'breakeven init .   # where a scenario.yaml is',
    'breakeven init another-folder',
  ),
  'path-outside': entry(
    `A scenario names a file that is not in its own folder or below, links followed. Scenarios may come
    from strangers, so they read nothing else unless you allow the folder.`,
    'file: ../traces/day.csv',
    'breakeven run scenario.yaml --allow-path ../traces',
  ),
  'too-much-work': entry(
    `The run would simulate more requests than anyone waits for by mistake: expected requests of all
    streams × platforms × replications. Nothing ran; with --force it does.`,
    'traffic: { main: { executor: constant-arrival-rate, rate: 1000000/s, duration: 30d } }',
    'traffic: { main: { executor: constant-arrival-rate, rate: 1000000/s, duration: 1m } }',
  ),
  'unknown-template': entry(
    'There is no scenario of this name to start from. The message lists those that there are.',
    'breakeven init --template image-rezise',
    'breakeven init --template image-resize',
  ),
  'unknown-code': entry(
    'There is no error or warning of this code. The message lists all codes, or the one that is nearest.',
    'breakeven explain unknown-keys',
    'breakeven explain unknown-key',
  ),
};
