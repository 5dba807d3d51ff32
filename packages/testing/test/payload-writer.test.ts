import { expect, it } from 'vitest';
import { placeAt } from '../src/payload-writer.ts';

it('writes under __proto__ what a path says, and into no prototype', () => {
  const payload = {};
  placeAt(payload, ['__proto__.id'], 'evt_1');
  placeAt(payload, ['constructor.name'], 'paid');
  expect(JSON.stringify(payload)).toBe('{"__proto__":{"id":"evt_1"},"constructor":{"name":"paid"}}');
  expect(Object.keys(Object.prototype)).toEqual([]);
});
