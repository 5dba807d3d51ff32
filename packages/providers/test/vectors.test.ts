import { isCovered, type Provider, type Receiver, type Scheme } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { factoryOf } from './support/catalogue.ts';
import { coversBody, judged, judgeOf, keysOf, optionsOf, schemeOf } from './support/judged.ts';
import { otherPublicKey } from './support/other-key.ts';
import { bodyOf, type Change, type Vector } from './support/vector.ts';
import { vectorFiles, vectorsOf } from './support/vectors.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** ms for a verification of each byte: some check a chain of certificates every time. */
const EVERY_BYTE = 120_000;

const YEARS = 315_360_000;

/** A key of the same kind that signed nothing here. */
function otherKey({ secret, publicKey = '' }: Vector): string {
  if (secret === undefined) return otherPublicKey(publicKey);
  const at = secret.startsWith('whsec_') ? 'whsec_'.length : 0;
  return `${secret.slice(0, at)}${secret[at] === 'a' ? 'b' : 'a'}${secret.slice(at + 1)}`;
}

const providerOf = (file: string, vector: Vector, keys = keysOf(vector)): Provider =>
  factoryOf(file)(optionsOf(vector, keys));

/** Whether a delivery gets too old: its time is among what is signed. */
const isTimed = ({ rules }: Provider, scheme: Scheme | undefined): boolean =>
  scheme !== undefined && rules.timestamp.some(({ source }) => isCovered(scheme, source, 'timestamp'));

/** Copies with one byte changed, for every place. */
const changedBytes = (bytes: Uint8Array, change: (byte: number) => number): Uint8Array[] =>
  Array.from(bytes, (byte, at) => {
    const copy = bytes.slice();
    copy[at] = change(byte);
    return copy;
  });

/** Copies of a form or a query with one letter of one value changed, for every letter; written anew. */
function changedFields(text: string): string[] {
  const pairs = [...new URLSearchParams(text)];
  return pairs.flatMap(([, value], index) =>
    Array.from(value, (letter, at) => {
      const changed = value.slice(0, at) + (letter === 'x' ? 'y' : 'x') + value.slice(at + 1);
      return new URLSearchParams(
        pairs.map(([name, each], other) => [name, other === index ? changed : each]),
      );
    }).map(String),
  );
}

/** Which of the changes passed; none should. */
async function survivors(
  receiver: Receiver,
  vector: Vector,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const passed: Change[] = [];
  for (const change of changes) {
    if ((await judged(receiver, vector, change)).verdict === 'valid') passed.push(change);
  }
  return passed;
}

/** Of providers whose keys are configured. */
function describeKeyed(file: string, vector: Vector): void {
  it('is refused under another key', async () => {
    const [option = ''] = Object.keys(keysOf(vector));
    const stranger = judgeOf(providerOf(file, vector, { [option]: otherKey(vector) }), vector);
    expect(await judged(stranger, vector)).toMatchObject({
      verdict: 'invalid',
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    });
  });

  it('is accepted under the new and the old key, and says which it was', async () => {
    const [[option, own] = ['', undefined]] = Object.entries(keysOf(vector));
    const other = otherKey(vector);
    const rows: [keys: unknown[], secretId: string][] = [
      [[own, other], '0'],
      [[other, own], '1'],
      [
        [
          { id: 'old', value: other },
          { id: 'new', value: own },
        ],
        'new',
      ],
    ];
    for (const [keys, secretId] of rows) {
      const rotating = judgeOf(providerOf(file, vector, { [option]: keys }), vector);
      const { verdict, event } = await judged(rotating, vector);
      expect(verdict).toBe('valid');
      if (event) expect(event.secretId).toBe(secretId);
    }
  });
}

/** Of providers that fetch their keys themselves. */
function describeFetched(file: string, vector: Vector): void {
  it('is refused when the vendor knows no such key', async () => {
    const { fetched: _, ...rest } = vector;
    const fetch = async (): Promise<Response> => new Response(null, { status: 404 });
    const stranger = factoryOf(file)({ ...rest.options, fetch });
    const { verdict, code } = await judged(judgeOf(stranger, vector), vector);
    expect(verdict).toBe('invalid');
    // Where a list of all keys is served, that it is gone says nothing about one of them.
    expect(code).toMatch(/^ERR_WEBHOOK_(SIGNATURE_MISMATCH|KEY_UNAVAILABLE)$/);
  });

  it('is to come again when the key cannot be had', async () => {
    const fetch = async (): Promise<Response> => {
      throw new TypeError('network down');
    };
    const cut = factoryOf(file)({ ...vector.options, fetch });
    expect((await judged(judgeOf(cut, vector), vector)).code).toBe('ERR_WEBHOOK_KEY_UNAVAILABLE');
  });
}

function describeValid(file: string, vector: Vector): void {
  const provider = providerOf(file, vector);
  const receiver = judgeOf(provider, vector);
  const scheme = schemeOf(provider, vector);
  const covers = scheme?.covers ?? [];
  const body = bodyOf(vector);

  it('is accepted, byte for byte', async () => {
    const { code, event } = await judged(receiver, vector);
    expect(code).toBe(vector.code);
    if (event) expect(Buffer.from(event.body)).toEqual(Buffer.from(body));
  });

  const isKeyed = Object.keys(keysOf(vector)).length > 0;
  if (isKeyed) describeKeyed(file, vector);
  else if (vector.fetched !== undefined) describeFetched(file, vector);

  if (coversBody(covers) && body.length > 0) {
    it(
      'is refused with any byte of its body changed',
      async () => {
        const changes = changedBytes(body, (byte) => byte ^ 1).map((flipped) => ({ body: flipped }));
        expect(await survivors(receiver, vector, changes)).toEqual([]);
      },
      EVERY_BYTE,
    );

    it(
      'is refused with any byte of its body made one that is not UTF-8',
      async () => {
        const changes = changedBytes(body, (byte) => (byte === 0xff ? 0xfe : 0xff)).map((broken) => ({
          body: broken,
        }));
        expect(await survivors(receiver, vector, changes)).toEqual([]);
      },
      EVERY_BYTE,
    );
  }

  if (covers.includes('url')) {
    const { url = '' } = vector;
    const [path = '', query = ''] = url.split('?');

    it('is refused with any letter of its query changed', async () => {
      const flipped = changedBytes(utf8(query), (byte) => byte ^ 1);
      const changes = flipped.map((bytes) => ({ url: `${path}?${new TextDecoder().decode(bytes)}` }));
      expect(await survivors(receiver, vector, changes)).toEqual([]);
    });

    it('is refused with any letter of any field changed', async () => {
      const isForm = body.length > 0 && vector.headers['content-type'] !== 'application/json';
      const text = isForm ? new TextDecoder().decode(body) : query;
      const changes = changedFields(text).map(
        (fields): Change => (isForm ? { body: utf8(fields) } : { url: `${path}?${fields}` }),
      );
      // A body that is no form, under an address without a query, has no fields.
      if (text.includes('=')) expect(changes.length).toBeGreaterThan(0);
      expect(await survivors(receiver, vector, changes)).toEqual([]);
    });
  }

  if (isTimed(provider, scheme)) {
    const { past, future } = provider.tolerance;
    // Who counts whole seconds is compared in them.
    const rest = provider.rules.unit === 's' ? 999 : 0;
    it.each([
      ['as old as may be', past * 1000 + rest, undefined],
      ['a second older', (past + 1) * 1000, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
      ['years old', YEARS * 1000, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
      ['as far ahead as may be', -future * 1000, undefined],
      ['a second further ahead', -future * 1000 - 1, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
      ['years ahead', -YEARS * 1000, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ])('%s', async (_, laterMs, code) => {
      const later = await judged(judgeOf(provider, vector, laterMs), vector);
      expect(later).toMatchObject(code === undefined ? { verdict: 'valid' } : { verdict: 'invalid', code });
    });
  } else {
    it('is accepted whenever it comes: nothing that is signed says when', async () => {
      for (const laterMs of [YEARS * 1000, -YEARS * 1000]) {
        expect((await judged(judgeOf(provider, vector, laterMs), vector)).verdict).toBe('valid');
      }
    });
  }
}

function describeInvalid(file: string, vector: Vector): void {
  it('is refused, for its signature', async () => {
    const { verdict, code } = await judged(judgeOf(providerOf(file, vector), vector), vector);
    expect(verdict).toBe('invalid');
    expect(code).toMatch(/^ERR_WEBHOOK_SIGNATURE_(MISMATCH|MALFORMED|MISSING)$/);
  });
}

describe.each(vectorFiles)('%s', (file) => {
  for (const [index, vector] of vectorsOf(file).entries()) {
    const { source, note = '', expect: verdict } = vector;
    describe(`${index} ${verdict}: ${source} ${note}`, () => {
      if (verdict === 'valid') describeValid(file, vector);
      else describeInvalid(file, vector);
    });
  }
});
