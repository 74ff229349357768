import { formatDuration } from '../units/duration.ts';
import type { Program } from './compile.ts';
import { shield, unshield } from './names.ts';
import { schemaOf } from './parse.ts';
import type { PlatformSpec, Scenario, StreamSpec } from './scenario.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/**
 * The scenario with every default, those too that depend on other keys, on the traffic or on the price book.
 * Read back as a file it gives the same results. What has no default stays out.
 *
 * @param program what the scenario was compiled to
 */
export function resolveScenario(
  scenario: Scenario,
  { base, prices }: Pick<Program, 'base' | 'prices'>,
  words: Vocabulary = vocabulary,
): Scenario {
  const platform = (spec: PlatformSpec) => {
    const kind = words.platforms.find(({ type }) => type === spec.type);
    return (kind?.withDefaults?.(spec, { program: base, prices }) ?? spec) as PlatformSpec;
  };
  const stream = (spec: StreamSpec, name: string) => {
    const model = words.trafficModels.find(({ executor }) => executor === spec.executor);
    const plan = base.streams.find((each) => each.name === name);
    return (model?.withDefaults(spec, plan) ?? spec) as StreamSpec;
  };
  return inOrder(
    {
      ...scenario,
      duration: formatDuration(base.windowMicros),
      traffic: mapValues(scenario.traffic, stream),
      platforms: mapValues(scenario.platforms, platform),
    },
    words,
  );
}

function mapValues<Value>(
  map: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Value,
): Record<string, Value> {
  const changed: Record<string, Value> = Object.create(null);
  for (const [name, value] of Object.entries(map)) changed[name] = change(value, name);
  return changed;
}

/** Keys in the order of the schema, wherever they were filled in: what is printed does not depend on it. */
function inOrder(scenario: Scenario, words: Vocabulary): Scenario {
  const outcome = schemaOf(words).schema.safeParse(shield(scenario));
  return outcome.success ? (unshield(outcome.data) as Scenario) : scenario;
}
