import { isMap, own } from './names.ts';

/** The parts of a draft-07 JSON Schema that messages are made of. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * Says what a JSON Schema knows of a place in a value: the published schema is also what messages are made
 * from.
 */
export class SchemaLookup {
  readonly #root: SchemaNode;

  constructor(root: SchemaNode) {
    this.#root = root;
  }

  /**
   * What may stand at `path` of `value`: one node, or one for each member of a union that `value` may mean.
   */
  at(path: readonly (string | number)[], value: unknown): SchemaNode[] {
    let nodes = this.#open(this.#root, value);
    let here = value;
    for (const part of path) {
      const below = Array.isArray(here) && typeof part === 'number' ? here[part] : own(here, String(part));
      nodes = nodes.flatMap((node) => child(node, part)).flatMap((node) => this.#open(node, below));
      here = below;
    }
    return nodes;
  }

  /** The maps that may stand at `path`, whatever stands there in `value`. */
  mapsAt(path: readonly (string | number)[], value: unknown): SchemaNode[] {
    const parent = path.slice(0, -1);
    const last = path.at(-1);
    const nodes =
      last === undefined ? [this.#root] : this.at(parent, value).flatMap((node) => child(node, last));
    return nodes.flatMap((node) => this.#open(node, {})).filter((node) => node.properties !== undefined);
  }

  /** The keys of the map at `path`, without repetition. */
  keysAt(path: readonly (string | number)[], value: unknown): string[] {
    return [...new Set(this.at(path, value).flatMap((node) => Object.keys(node.properties ?? {})))];
  }

  /** Opens references and unions; members whose tag is another's are left out when one fits. */
  #open(node: SchemaNode, value: unknown, depth = 0): SchemaNode[] {
    if (depth > 20) return [];
    const name = node.$ref?.replace('#/definitions/', '');
    const target = name === undefined ? undefined : this.#root.definitions?.[name];
    const members = target !== undefined ? [target] : (node.anyOf ?? node.oneOf ?? node.allOf);
    if (members === undefined) return [node];
    const opened = members
      .flatMap((member) => this.#open(member, value, depth + 1))
      .map((each) => describe(each, node));
    const fitting = opened.filter((each) => fits(each, value));
    return fitting.length > 0 ? fitting : opened;
  }
}

/**
 * What is said around a reference or union holds for its members, too: a key's description beats its
 * type's.
 */
function describe(member: SchemaNode, outer: SchemaNode): SchemaNode {
  return outer.description === undefined ? member : { ...member, description: outer.description };
}

function child(node: SchemaNode, part: string | number): SchemaNode[] {
  if (typeof part === 'number') {
    const item = Array.isArray(node.items) ? node.items[part] : node.items;
    return isMap(item) ? [item as SchemaNode] : [];
  }
  const properties = node.properties;
  if (properties !== undefined && Object.hasOwn(properties, part)) return [properties[part] as SchemaNode];
  return isMap(node.additionalProperties) ? [node.additionalProperties as SchemaNode] : [];
}

/** Whether a value may be meant as this: the same kind of value, and no constant key that says otherwise. */
function fits(node: SchemaNode, value: unknown): boolean {
  if (!isMap(value)) return node.type === undefined || node.type !== 'object';
  if (node.properties === undefined) return node.type === 'object';
  return Object.entries(node.properties).every(
    ([key, each]) =>
      each.const === undefined || own(value, key) === undefined || own(value, key) === each.const,
  );
}
