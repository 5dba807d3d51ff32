import { readFileSync } from 'node:fs';
import type { Provider, Scheme } from '@countersign/core';
import { isCovered } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { factoryOf, files } from '../../providers/test/support/catalogue.ts';
import { samplesOf } from '../../providers/test/support/samples.ts';

const text = readFileSync(new URL('../../../SECURITY.md', import.meta.url), 'utf8');

/** Rows of the threat model, by what they begin with: the providers that are named there. */
const rows = new Map(
  [...text.matchAll(/^\| (a secret|a public key|a part|the secret itself)([^|]*)\| ([^|]*)\|/gm)].map(
    ([, head = '', more = '', names = '']): [string, readonly string[]] => [
      (head + more).trim(),
      [...names.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name as string),
    ],
  ),
);

const SENT = new Set(['token', 'basic']);

/** The row that a signature scheme belongs into, worked out from its record. */
function rowOf({ rules }: Provider, scheme: Scheme): string {
  if (SENT.has(scheme.kind)) return 'the secret itself, which is sent along';
  const isWhole = scheme.covers.some(
    (part) => part === 'body' || (typeof part === 'object' && 'digest' in part),
  );
  if (!isWhole) return 'a part of the delivery, or a token beside it';
  const isTimed = rules.timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp'));
  return `a ${scheme.option === 'secret' ? 'secret' : 'public key'}, over ${isTimed ? 'body and time' : 'the body'}`;
}

const families = new Map<string, Set<string>>();
for (const file of files) {
  for (const { options } of samplesOf(file)) {
    const provider = factoryOf(file)(options);
    for (const scheme of provider.rules.schemes) {
      const row = rowOf(provider, scheme);
      families.set(row, (families.get(row) ?? new Set()).add(file));
    }
  }
}

/** Rows that name some of many. The others name all. */
const EXAMPLES_ONLY = [
  'a secret, over body and time',
  'a secret, over the body',
  'a public key, over body and time',
];

describe('the threat model in SECURITY.md', () => {
  it('has a row for every family of the catalogue, and no other', () => {
    expect([...rows.keys()].sort()).toEqual([...families.keys()].sort());
  });

  it.each([...rows])('%s: what it names is so', (row, names) => {
    expect(names.length).toBeGreaterThan(0);
    const family = [...(families.get(row) ?? [])].sort();
    if (EXAMPLES_ONLY.includes(row)) expect(family).toEqual(expect.arrayContaining([...names]));
    else expect([...names].sort()).toEqual(family);
  });
});
