import { D3Node } from 'd3-node';

/** The little of the DOM that tests look at; the project's type settings have none of it. */
export interface DomNode {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: Iterable<DomNode>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomNode | null;
  querySelectorAll(selector: string): Iterable<DomNode>;
}

type Parser = new () => { parseFromString(text: string, type: string): DomNode };

function parse(text: string, type: string): DomNode {
  const { DOMParser } = new D3Node().window as unknown as { DOMParser: Parser };
  return new DOMParser().parseFromString(text, type);
}

/** Parses strictly as XML. @throws where the text is not well-formed */
export function parseXml(text: string): DomNode {
  const document = parse(text, 'image/svg+xml');
  const error = document.querySelector('parsererror');
  if (error !== null) throw new Error(error.textContent ?? 'not well-formed');
  return document;
}

export function parseHtml(text: string): DomNode {
  return parse(text, 'text/html');
}

export function texts(document: DomNode, selector: string): string[] {
  return [...document.querySelectorAll(selector)].map((each) => each.textContent ?? '');
}

export function attributes(document: DomNode, selector: string, name: string): string[] {
  return [...document.querySelectorAll(selector)].map((each) => each.getAttribute(name) ?? '');
}
