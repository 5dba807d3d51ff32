import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { leakFinder } from '../../src/privacy/leaks.ts';

const secret = 'canary "ü" +/=?&';
const bytes = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 200) % 256);
const leaksIn = leakFinder({ secret, bytes });

/** How something may get out, unseen by whoever looks for it as it is. */
const writers: Readonly<Record<string, (what: Buffer) => string>> = {
  'in hex': (what) => what.toString('hex'),
  'in upper-case hex': (what) => what.toString('hex').toUpperCase(),
  'in base64': (what) => what.toString('base64'),
  'in base64, behind one byte': (what) => Buffer.concat([Buffer.of(7), what]).toString('base64'),
  'in base64, between others': (what) =>
    Buffer.concat([Buffer.of(7, 7), what, Buffer.of(7)]).toString('base64'),
  'in base64url': (what) => what.toString('base64url'),
  'as console.log prints bytes': (what) => inspect(Uint8Array.from(what), { maxArrayLength: 100 }),
  'as console.log prints a Buffer': (what) => inspect(what),
  'as JSON prints a Buffer': (what) => JSON.stringify(what),
};

const textWriters: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in an address': (text) => encodeURIComponent(text),
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'turned round': (text) => [...text].reverse().join(''),
};

describe('what is confidential is found', () => {
  it.each(Object.entries(writers))('%s', (_, write) => {
    expect(leaksIn(`before ${write(Buffer.from(secret))} after`)).toEqual(['secret']);
    expect(leaksIn(`before ${write(Buffer.from(bytes))} after`)).toEqual(['bytes']);
  });

  it.each(Object.entries(textWriters))('%s', (_, write) => {
    expect(leaksIn(`before ${write(secret)} after`)).toEqual(['secret']);
  });
});

it('nothing else is', () => {
  const others = [secret.slice(1), secret.toUpperCase(), Buffer.from(bytes).subarray(1).toString('hex')];
  expect(leaksIn(others.join(' '))).toEqual([]);
});
