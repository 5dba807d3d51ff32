import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as exported from '../src/index.ts';
import { exportName, files } from './support/catalogue.ts';
import { sampleProviderOf } from './support/samples.ts';
import { vectorFiles, vectorsOf } from './support/vectors.ts';

const here = (path: string): URL => new URL(path, import.meta.url);

describe('the catalogue', () => {
  it('exports every provider file by its name in camelCase, and nothing else', () => {
    expect(Object.keys(exported).sort()).toEqual(files.map(exportName).sort());
  });

  it('has vectors of every provider, and of no other', () => {
    expect([...vectorFiles].sort()).toEqual([...files].sort());
  });
});

describe.each(files)('%s', (file) => {
  it('is named after its file', () => {
    const provider = sampleProviderOf(file);
    expect(provider.name).toBe(file);
  });

  it('says what it was built from, and when that was read', () => {
    const { url = '', read = '' } = sampleProviderOf(file).docs ?? {};
    expect(new URL(url).protocol).toBe('https:');
    expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(read).toISOString().slice(0, 10)).toBe(read);
    expect(Date.parse(read)).toBeGreaterThanOrEqual(Date.parse('2026-01-01'));
  });

  it('is proven only with evidence from outside', () => {
    const { status } = sampleProviderOf(file);
    expect(status).toMatch(/^(proven|documented)$/);
    const published = vectorsOf(file).some(
      ({ origin, expect: verdict }) => origin === 'published' && verdict === 'valid',
    );
    const hasOracle = existsSync(here(`../../conformance/src/oracles/${file}.ts`));
    expect(status).toBe(published || hasOracle ? 'proven' : 'documented');
  });

  it('has vectors of both verdicts, each with its source', () => {
    const vectors = vectorsOf(file);
    expect(new Set(vectors.map((vector) => vector.expect))).toEqual(new Set(['valid', 'invalid']));
    for (const { source, secret, publicKey } of vectors) {
      expect(source).toMatch(/\w/);
      expect(secret === undefined || publicKey === undefined).toBe(true);
    }
  });
});
