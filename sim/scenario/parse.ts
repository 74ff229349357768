import { type Document, LineCounter, parseDocument } from 'yaml';
import { type Problem, problem } from '../problems/problem.ts';
import type { SourceMap, SourceSpan } from '../problems/source-map.ts';
import { TextLines } from '../problems/text-lines.ts';
import { crossFieldProblems } from './cross-field.ts';
import { applyEdits, type Edit, YAML_OPTIONS } from './edits.ts';
import { shown } from './expectation.ts';
import { absurdNumbers, issueProblems } from './issue-problems.ts';
import { inputJsonSchema } from './json-schema.ts';
import { isMap, unshield } from './names.ts';
import { salvage } from './salvage.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioSource } from './scenario-source.ts';
import { type ScenarioSchema, scenarioSchemaOf } from './schema.ts';
import { SchemaLookup } from './schema-lookup.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';
import { yamlProblems } from './yaml-errors.ts';
import { guardYaml } from './yaml-guard.ts';
import { readValues } from './yaml-values.ts';

/** A scenario when there is no error, every problem that was found, and where things stand in the file. */
export interface ParsedScenario {
  readonly scenario?: Scenario;
  readonly problems: Problem[];
  readonly source: SourceMap;
  /** What is left without the refused parts: compiled only to find the rest of the problems. */
  readonly salvaged?: Scenario;
}

export interface ParseOptions {
  /** Changes from the command line, made to the file's values before they are checked. */
  readonly edits?: readonly Edit[];
  /** What a scenario can be made of; everything that is modelled unless a test says otherwise. */
  readonly vocabulary?: Vocabulary;
}

const schemas = new WeakMap<Vocabulary, { schema: ScenarioSchema; lookup: () => SchemaLookup }>();

/** The schema of a vocabulary, built once; its JSON Schema only when there is something to explain. */
export function schemaOf(words: Vocabulary) {
  const known = schemas.get(words);
  if (known !== undefined) return known;
  const schema = scenarioSchemaOf(words);
  let lookup: SchemaLookup | undefined;
  const made = {
    schema,
    lookup: () => {
      lookup ??= new SchemaLookup(inputJsonSchema(schema));
      return lookup;
    },
  };
  schemas.set(words, made);
  return made;
}

/**
 * Reads a scenario file: YAML 1.2 (core schema) or JSON. Files may come from strangers: nothing in one is
 * run, sizes and depths are bounded, and no text makes this throw.
 */
export function parseScenario(text: string, fileName: string, options: ParseOptions = {}): ParsedScenario {
  const lines = new TextLines(text.slice(0, 2_000_000), fileName);
  const spans = new WeakMap<object, SourceSpan>();
  const refused = (problems: Problem[], document: Document | null = null): ParsedScenario => ({
    problems,
    source: new ScenarioSource(fileName, lines, document, spans),
  });
  const fault = guardYaml(text);
  if (fault !== null) {
    const { line, column } = lines.span(fault.offset, fault.offset + 1);
    const file = { name: fileName, line: line ?? 1, column };
    return refused([problem(fault.code, [], fault.message, { file, help: 'a scenario is a small file' })]);
  }
  const document: Document = parseDocument(text, { ...YAML_OPTIONS, lineCounter: new LineCounter() });
  if (document.errors.length > 0) return refused(yamlProblems(document, fileName, lines));
  const edits = applyEdits(document, options.edits ?? [], spans);
  const source = new ScenarioSource(fileName, lines, document, spans);
  const { value, problems } = readValues(document, (node) => placeOf(source, node));
  const checked = check(value, [...edits, ...problems], options.vocabulary ?? vocabulary);
  return { ...checked, problems: inOrder(checked.problems, source), source };
}

/** Problems as a reader meets them in the file; those without a place in it come last. */
export function inOrder(problems: readonly Problem[], source: SourceMap): Problem[] {
  const placed = problems.map((each) => {
    const span = each.file === undefined ? source.locate(each.path, each.at) : null;
    const line = each.file?.line ?? span?.line ?? Number.MAX_SAFE_INTEGER;
    return { each, line, column: each.file?.column ?? span?.column ?? 0 };
  });
  return placed.sort((a, b) => a.line - b.line || a.column - b.column).map(({ each }) => each);
}

/** Where a node stands, for what no path leads to: the second of two equal keys. */
function placeOf(source: ScenarioSource, node: unknown): Pick<Problem, 'file'> {
  const span = source.spanOf(node);
  if (span === null || span.line === null) return {};
  return { file: { name: source.fileName, line: span.line, column: span.column } };
}

/** Judges values against the schema and the rules between keys. */
function check(
  value: unknown,
  found: readonly Problem[],
  words: Vocabulary,
): Pick<ParsedScenario, 'scenario' | 'problems' | 'salvaged'> {
  const empty = value === null || value === undefined;
  if (!isMap(value)) {
    const help = 'begin with `version: 1`';
    const wrong = empty
      ? problem('empty-file', [], 'the file is empty', { help })
      : problem('invalid-value', [], `a scenario must be a map of keys, not ${shown(value)}`, { help });
    return { problems: found.length > 0 ? [...found] : [wrong] };
  }
  const { schema, lookup } = schemaOf(words);
  const outcome = schema.safeParse(value);
  const issues = outcome.success ? [] : issueProblems(outcome.error.issues, value, lookup());
  const problems = merged([...found, ...issues, ...crossFieldProblems(value), ...absurdNumbers(value)]);
  if (!outcome.success || problems.some((each) => each.severity === 'error')) {
    const salvaged = salvage(value, problems, schema);
    return salvaged === undefined ? { problems } : { problems, salvaged };
  }
  return { scenario: unshield(outcome.data) as Scenario, problems };
}

/** Leaves out what a later check says of a place that an earlier one has already refused. */
function merged(problems: readonly Problem[]): Problem[] {
  const refused = new Set<string>();
  return problems.filter((each) => {
    const place = JSON.stringify(each.path);
    if (each.path.length > 0 && refused.has(place)) return false;
    if (each.code !== 'duplicate-key') refused.add(place);
    return true;
  });
}
