import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import { isMap } from '../../sim/scenario/names.ts';
import type { SchemaNode } from '../../sim/scenario/schema-lookup.ts';
import { EVERY_KEY } from './fixtures.ts';
import { NO_DEFAULT } from './no-default.ts';
import {
  onPlatform,
  platformCases,
  readFile,
  resolvedOf,
  streamCases,
  wholeCases,
  withStream,
} from './resolved-cases.ts';

/** A map of the schema by its place, members of a union apart by their tag: `platforms.*{ec2}.ebs[]{gp3}`. */
interface Place {
  readonly where: string;
  readonly node: SchemaNode;
}

/** The members of unions one by one, each named by the constant of its tag; laws are not opened. */
function opened(node: SchemaNode, where: string): Place[] {
  if (node.$ref !== undefined) return [];
  const members = node.anyOf ?? node.oneOf;
  if (members !== undefined) return members.flatMap((member) => opened(member, where));
  const tags = Object.values(node.properties ?? {}).flatMap((each) =>
    typeof each.const === 'string' ? [each.const] : [],
  );
  return [{ node, where: tags.length === 0 ? where : `${where}{${tags.join()}}` }];
}

/** What may stand below a map or a list: its keys, names as `*`, items as `[]`. */
function below({ node, where }: Place): { readonly key: string; readonly places: Place[] }[] {
  const inside = Object.entries(node.properties ?? {}).map(([key, each]) => ({
    key,
    places: opened(each, where === '' ? key : `${where}.${key}`),
  }));
  const { items, additionalProperties: names } = node;
  if (isMap(items)) inside.push({ key: '[]', places: opened(items as SchemaNode, `${where}[]`) });
  if (isMap(names)) inside.push({ key: '*', places: opened(names as SchemaNode, `${where}.*`) });
  return inside;
}

/** Every map there is, by what it is: one that stands in several places is one. */
function mapsOf(place: Place): [string, Place][] {
  const inside = below(place).flatMap(({ places }) => places.flatMap(mapsOf));
  return place.node.properties === undefined ? inside : [[JSON.stringify(place.node), place], ...inside];
}

/** Whether a value may be of a schema: a map of its keys, with its tags. */
function fits({ node }: Place, value: unknown): boolean {
  if (Array.isArray(value)) return node.items !== undefined;
  if (!isMap(value)) return false;
  const { properties = {}, additionalProperties: names } = node;
  if (isMap(names) && node.properties === undefined) return true;
  return (
    node.properties !== undefined &&
    Object.entries(value).every(([key, each]) =>
      Object.hasOwn(properties, key)
        ? properties[key]?.const === undefined || properties[key]?.const === each
        : isMap(names),
    ) &&
    (node as { required?: string[] }).required?.every((key) => Object.hasOwn(value, key)) !== false
  );
}

interface Seen {
  readonly maps: Set<string>;
  /** With the map that each is not in. */
  readonly untold: { readonly key: string; readonly map: Readonly<Record<string, unknown>> }[];
}

/** Goes through a resolved value: which maps it has, and which keys of them it does not tell. */
function look(value: unknown, places: readonly Place[], seen: Seen): void {
  for (const place of places.filter((each) => fits(each, value))) {
    if (place.node.properties !== undefined) seen.maps.add(JSON.stringify(place.node));
    for (const { key, places: inside } of below(place)) {
      if (key === '[]') for (const item of value as unknown[]) look(item, inside, seen);
      else if (key === '*') {
        const names = Object.entries(value as object).filter(
          ([name]) => !Object.hasOwn(place.node.properties ?? {}, name),
        );
        for (const [, each] of names) look(each, inside, seen);
      } else if (Object.hasOwn(value as object, key)) {
        look((value as Record<string, unknown>)[key], inside, seen);
      } else {
        const at = place.where === '' ? key : `${place.where}.${key}`;
        seen.untold.push({ key: at, map: value as Record<string, unknown> });
      }
    }
  }
}

describe('every optional key', () => {
  const root = { where: '', node: scenarioJsonSchema() };
  const seen: Seen = { maps: new Set(), untold: [] };
  const texts = [
    ...platformCases.map((options) => onPlatform(options)),
    ...streamCases.map(withStream),
    ...wholeCases,
    EVERY_KEY,
    readFile('queue-worker.yaml'),
  ];
  for (const text of texts) look(JSON.parse(JSON.stringify(resolvedOf(text))), [root], seen);
  const hasReason = ({ key, map }: Seen['untold'][number]) =>
    NO_DEFAULT.some(({ at, where }) => at.test(key) && where?.(map) !== false);

  it('is of a map that some case has', () => {
    const maps = new Map(mapsOf(root));
    const unseen = [...maps].filter(([what]) => !seen.maps.has(what));
    const remedy = 'add a case with it to resolved-cases.ts';
    expect(
      unseen.map(([, { where }]) => where),
      remedy,
    ).toEqual([]);
  });

  it('is told by the resolved form, or has a reason not to be', () => {
    const silent = seen.untold.filter((each) => !hasReason(each)).map(({ key }) => key);
    const remedy =
      'give the key a default (schema, or withDefaults of its platform), or a reason: no-default.ts';
    expect([...new Set(silent)].sort(), remedy).toEqual([]);
  });

  it('has a reason only where one is needed', () => {
    const idle = NO_DEFAULT.filter(({ at }) => !seen.untold.some(({ key }) => at.test(key)));
    expect(idle.map(({ at }) => String(at))).toEqual([]);
  });
});
