import { expect, it } from 'vitest';
import { readPath } from '../src/path.ts';

it.each([
  [[1, 2], 'length'],
  [{ data: [1] }, 'data.length'],
  ['text', 'length'],
  [{}, 'constructor.name'],
  [{}, '__proto__.constructor'],
])('reads nothing of %j at %s, which nobody sent', (payload, path) => {
  expect(readPath(payload, path.split('.'))).toBeUndefined();
});

it.each([
  [[{ id: 'a' }], '0.id', 'a'],
  [{ length: 'a' }, 'length', 'a'],
  [JSON.parse('{"__proto__":{"id":"a"}}'), '__proto__.id', 'a'],
])('reads of %j at %s what was sent', (payload, path, sent) => {
  expect(readPath(payload, path.split('.'))).toBe(sent);
});
