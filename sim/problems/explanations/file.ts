import { entry } from './entry.ts';

/** Codes about the text of a scenario file, before its keys mean anything. */
export const fileExplanations: Readonly<Record<string, string>> = {
  'bad-yaml': entry(
    `The file is not well-formed YAML (or JSON), so nothing in it could be read. The place is where the
    parser gave up; the slip often stands a little before it: a bracket or quote that is not closed, a
    tab, a text with ": " in it that is not quoted.`,
    'traffic: { uploads: { rate: 5/s }',
    'traffic: { uploads: { rate: 5/s } }',
  ),
  'several-documents': entry(
    `A line of three dashes begins a second YAML document. A file holds one scenario, so that a result
    belongs to exactly one file.`,
    'version: 1\n---\nversion: 1',
    'version: 1',
  ),
  'empty-file': entry(
    'The file holds nothing but blank lines and comments. `breakeven init` writes a scenario to start from.',
    '# nothing yet',
    'version: 1\nname: first\n…',
  ),
  'too-large': entry(
    `The file is larger than 1 MB or has more parts than any scenario needs. Files may come from
    strangers, so sizes are bounded. Long lists of numbers belong into a file of their own that the
    scenario names.`,
    'cpu: { distribution: empirical, values: [ … a million values … ] }',
    'cpu: { distribution: empirical, file: cpu.csv }',
  ),
  'too-deep': entry(
    `Maps and lists stand inside each other more than 64 deep. No scenario is; a file that is costs the
    reader its memory.`,
    '[[[[[[ … ]]]]]]',
    'components: [{ weight: 1, distribution: exponential, mean: 5s }]',
  ),
  'too-long': entry(
    `A text is longer than 256 characters (2,000 for a description). Values of a scenario are names,
    numbers and units; longer texts are a slip, such as a quote that is not closed.`,
    'name: "image-resize … (a page of text)"',
    'name: image-resize\ndescription: …',
  ),
  'duplicate-key': entry(
    `A key stands twice in one map. YAML readers differ in which of the two they take, and a threshold that is
    silently dropped is worse than none.`,
    'thresholds:\n  latency: ["p(95)<1s"]\n  latency: ["p(99)<3s"]',
    'thresholds:\n  latency: ["p(95)<1s", "p(99)<3s"]',
  ),
  'bad-key': entry(
    'A key of a map is a list, a map or nothing. Keys of a scenario are words and names.',
    '? [a, b]\n: 1',
    'a: 1\nb: 1',
  ),
  'merge-key': entry(
    `The merge key << is a part of old YAML that YAML 1.2 has dropped. An alias repeats a whole value
    instead.`,
    'b:\n  <<: *a\n  maxSize: 4',
    'b: { type: ec2, instanceType: c7g.large, maxSize: 4 }',
  ),
  'tag-not-allowed': entry(
    `A YAML tag asks the reader to make something of a value. A scenario is plain data: maps, lists,
    texts, numbers, true and false.`,
    'seed: !!int "5"',
    'seed: 5',
  ),
  'too-many-aliases': entry(
    `Aliases (*name) repeat what an anchor (&name) marks. A few are fine; hundreds, or one inside what
    it repeats, make a small file grow without end.`,
    'a: &a [*a]',
    'a: &rates { rate: 5/s }\nb: *rates',
  ),
  'unknown-path': entry(
    `An edit of the command line leads to nothing in the file. A path names keys from the top, with dots
    between them, numbers in brackets for items of a list and quotes around a name that has dots. "*"
    means every one there is.`,
    '--set platforms.lamda.memorySize=512',
    '--set platforms.lambda.memorySize=512',
  ),
  'bad-edit': entry(
    'An edit of the command line is not of the form path=value, or its value is no YAML.',
    '--set platforms.lambda.architectures=[arm64',
    "--set 'platforms.lambda.architectures=[arm64]'",
  ),
};
