import { readdirSync } from 'node:fs';
import { describe, it } from 'vitest';
import { EVERY_KEY } from './fixtures.ts';
import { expectSameWhenResolved, readFile, scenariosFolder } from './resolved-cases.ts';

const published = readdirSync(scenariosFolder).filter((name) => name.endsWith('.yaml'));

describe('a resolved scenario, given back, gives the same bytes', () => {
  it.each(published)('%s', (name) => expectSameWhenResolved(readFile(name)));

  it('every key', () => expectSameWhenResolved(EVERY_KEY));
});
