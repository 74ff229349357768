import { describe, expect, it } from 'vitest';
import { nearest } from '../../sim/problems/nearest.ts';
import { either, pathText, ticked } from '../../sim/problems/words.ts';

describe('the nearest word', () => {
  it.each([
    ['durration', ['duration', 'target'], 'duration'],
    ['MemorySize', ['memorySize', 'timeout'], 'memorySize'],
    ['instance-type', ['instanceType'], 'instanceType'],
    ['ephemeral', ['ephemeralStorage', 'timeout'], 'ephemeralStorage'],
    ['rat', ['rate', 'duration'], 'rate'],
    ['colour', ['rate', 'duration'], undefined],
    ['max', ['min', 'maxSize', 'maxAge'], undefined],
    ['', ['a'], undefined],
    ['x'.repeat(1000), ['x'], undefined],
  ])('to %s of %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

describe('words of messages', () => {
  it('join alternatives', () => {
    expect([either([]), either(['a']), either(['a', 'b']), either(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a or b',
      'a, b or c',
    ]);
  });

  it('cut what is long', () => {
    expect(ticked('x'.repeat(100))).toBe(`\`${'x'.repeat(60)}…\``);
  });

  it('write paths as people do', () => {
    expect(pathText(['traffic', 'uploads', 'stages', 1])).toBe('traffic.uploads.stages[1]');
    expect(pathText(['platforms', 'my servers', 'type'])).toBe('platforms["my servers"].type');
    expect(pathText([])).toBe('the scenario');
  });
});
