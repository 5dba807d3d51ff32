import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exportName, factories, factoryOf } from './support/catalogue.ts';
import { PUBLIC_KEY } from './support/request.ts';
import { vectorFiles, vectorsOf } from './support/vectors.ts';

const here = (path: string): URL => new URL(path, import.meta.url);

/** The provider files: what else stands in `src` is the index, schemes of their own, and folders. */
const files = readdirSync(here('../src/'), { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ name }) => name.replace(/\.ts$/, ''))
  .filter((name) => name !== 'index' && !name.endsWith('-scheme'));

/** The least that each factory takes. */
const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  discord: { publicKey: PUBLIC_KEY },
  'standard-webhooks': { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  svix: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  twilio: { secret: 'token', publicUrl: 'https://example.com/twilio' },
};

const providerOf = (file: string) => factoryOf(file)(options[file] ?? { secret: 'a-secret' });

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * What the vendors say, in seconds: how long they wait for an answer, and over how long they try again (0: never).
 * `undefined` where they say nothing.
 */
const promises: Readonly<Record<string, { deadline: number | undefined; horizon: number | undefined }>> = {
  discord: { deadline: 3, horizon: 600 },
  github: { deadline: 10, horizon: 0 },
  gitlab: { deadline: 10, horizon: undefined },
  meta: { deadline: undefined, horizon: 7 * DAY },
  shopify: { deadline: 5, horizon: 4 * HOUR },
  slack: { deadline: 3, horizon: 360 },
  'standard-webhooks': { deadline: 15, horizon: 75 * HOUR + 35 * 60 },
  stripe: { deadline: undefined, horizon: 3 * DAY },
  svix: { deadline: 15, horizon: 27 * HOUR + 35 * 60 },
  twilio: { deadline: 15, horizon: undefined },
};

describe('the catalogue', () => {
  it('exports every provider file by its name in camelCase, and nothing else', () => {
    expect(Object.keys(factories).sort()).toEqual(files.map(exportName).sort());
  });

  it('has vectors of every provider, and of no other', () => {
    expect([...vectorFiles].sort()).toEqual([...files].sort());
  });

  it('has its promises checked for every provider', () => {
    expect(Object.keys(promises).sort()).toEqual([...files].sort());
  });
});

describe.each(files)('%s', (file) => {
  const provider = providerOf(file);

  it('is named after its file', () => {
    expect(provider.name).toBe(file);
  });

  it('says what it was built from, and when that was read', () => {
    const { url = '', read = '' } = provider.docs ?? {};
    expect(new URL(url).protocol).toBe('https:');
    expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(read).toISOString().slice(0, 10)).toBe(read);
    expect(Date.parse(read)).toBeGreaterThanOrEqual(Date.parse('2026-01-01'));
  });

  it('states the deadline and the retry horizon that the vendor does', () => {
    const { deadline, horizon } = provider;
    expect({ deadline, horizon }).toEqual(promises[file]);
  });

  it('is proven only with evidence from outside', () => {
    expect(provider.status).toMatch(/^(proven|documented)$/);
    const published = vectorsOf(file).some(
      ({ origin, expect: verdict }) => origin === 'published' && verdict === 'valid',
    );
    const hasOracle = existsSync(here(`../../conformance/src/oracles/${file}.ts`));
    expect(provider.status).toBe(published || hasOracle ? 'proven' : 'documented');
  });

  it('has vectors of both verdicts, each with its source', () => {
    const vectors = vectorsOf(file);
    expect(new Set(vectors.map((vector) => vector.expect))).toEqual(new Set(['valid', 'invalid']));
    for (const { source, secret, publicKey } of vectors) {
      expect(source).toMatch(/\w/);
      expect([secret, publicKey].filter((key) => key !== undefined)).toHaveLength(1);
    }
  });
});
