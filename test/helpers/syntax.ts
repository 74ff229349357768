import { parseAst } from 'vitest/node';

/** A node of a syntax tree (ESTree with TypeScript), of which only these are known for sure. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The syntax tree of a TypeScript source. @throws when it does not parse */
export function parseTypeScript(text: string): SyntaxNode {
  return parseAst(text, { lang: 'ts' }) as unknown as SyntaxNode;
}

/** Visits a node and all below it, parents first. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
  parent: SyntaxNode | null = null,
): void {
  visit(node, parent);
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** The nodes right below a node. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node)
    .flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The text of an identifier or of a plain string; null for anything else. */
export function wordOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Identifier') return String(node.name);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** One `import` or `export … from`. */
export interface Import {
  readonly from: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly start: number;
}

const IMPORTS = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
];

/** Everything that a source imports, in whatever form. */
export function importsOf(program: SyntaxNode): Import[] {
  const imports: Import[] = [];
  walk(program, (node) => {
    const from = IMPORTS.includes(node.type) ? wordOf(node.source ?? node.argument) : null;
    if (from !== null) imports.push({ from, typeOnly: isTypeOnly(node), start: node.start });
  });
  return imports;
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers;
  const kinds = Array.isArray(names) ? names.map((each) => each.importKind ?? each.exportKind) : [];
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}
