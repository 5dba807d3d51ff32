import { existsSync, readFileSync } from 'node:fs';
import { type Envelope, ecdsa, ed25519, hmac, rsa, type Scheme } from '@countersign/core';
import {
  DisplayString,
  type InnerList,
  parseDictionary,
  parseItem,
  parseList,
  Token,
} from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { componentValue } from '../src/schemes/message-signatures/component-value.ts';
import { matchesContentDigest } from '../src/schemes/message-signatures/content-digest.ts';
import type { HttpMessage } from '../src/schemes/message-signatures/http-message.ts';
import { signatureBase } from '../src/schemes/message-signatures/signature-base.ts';

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

interface PublishedMessage {
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly request?: PublishedMessage;
}

interface Published extends PublishedMessage {
  readonly id: string;
  readonly algorithm: string;
  readonly publicKey?: string;
  readonly secret?: string;
  readonly label: string;
  readonly expect: 'valid' | 'invalid';
}

/** Fields of one name are one, as a server hands them on. */
const messageOf = ({ headers, request, method, url, status }: PublishedMessage): HttpMessage => ({
  headers: new Headers(headers.map(([name, value]) => [name, value])),
  ...(method !== undefined && { method }),
  ...(url !== undefined && { url }),
  ...(status !== undefined && { status }),
  ...(request && { request: messageOf(request) }),
});

const place = { header: 'signature', encoding: 'base64', content: [] } as const;
const schemes: Readonly<Record<string, Scheme>> = {
  'hmac-sha256': hmac({ ...place, hash: 'sha256' }),
  ed25519: ed25519({ ...place, publicKey: { encoding: 'base64' } }),
  'ecdsa-p256-sha256': ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form: 'raw' }),
  'rsa-pss-sha512': rsa({ ...place, hash: 'sha512', padding: 'pss' }),
};

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** A shared secret, SPKI, or the 32 bytes behind the twelve that stand before an Ed25519 key. */
function keyOf({ algorithm, publicKey, secret }: Published) {
  const text = publicKey?.replace(/-----[^-]+-----|\s/g, '') ?? (secret as string);
  const bytes = bytesOf(text);
  return (schemes[algorithm] as Scheme).key(algorithm === 'ed25519' ? bytes.subarray(12) : bytes);
}

const published: readonly Published[] = read('./message-signatures/published.json');

describe('the published signatures', () => {
  it('are all there: RFC 9421 and web-bot-auth', () => {
    expect(published).toHaveLength(20);
  });

  it.each(published)('$id ($algorithm): $expect', async (vector) => {
    const message = messageOf(vector);
    const input = parseDictionary(message.headers.get('signature-input') ?? '').get(vector.label);
    const [signature] = parseDictionary(message.headers.get('signature') ?? '').get(vector.label) ?? [];
    const base = signatureBase(message, input as InnerList);
    const envelope = { signatures: [new Uint8Array(signature as ArrayBuffer)] } as unknown as Envelope;
    expect(await keyOf(vector).verify([base], envelope)).toBe(vector.expect === 'valid');
    expect(await keyOf(vector).verify([`${base} `], envelope)).toBe(false);
  });
});

const digests: readonly { digest: string; body: string; expect: string }[] = read(
  './message-signatures/content-digest.json',
);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('Content-Digest (RFC 9530)', () => {
  it.each(digests)('$digest: $expect', async ({ digest, body, expect: verdict }) => {
    expect(await matchesContentDigest(digest, utf8(body))).toBe(verdict === 'valid');
    expect(await matchesContentDigest(digest, utf8(`${body} `))).toBe(false);
  });

  const body = utf8('{"hello": "world"}');
  const sha256 = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';
  const sha512 =
    'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:';
  it.each([
    ['two that hold', `${sha256}, ${sha512}`, true],
    ['one that holds, beside a deprecated one', `${sha256}, md5=:AAAA:`, true],
    ['one that holds, beside one that does not', `${sha512}, sha-256=:AAAA:`, false],
    ['a token in place of bytes', 'sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE', false],
    ['none', '', false],
    ['a name from the prototype', 'constructor=:AAAA:', false],
  ])('%s', async (_, field, verdict) => {
    expect(await matchesContentDigest(field, body)).toBe(verdict);
  });
});

const value = (message: HttpMessage, component: string): string => {
  const [[name, parameters] = ['', new Map()]] = [parseItem(component)];
  return componentValue(message, String(name), parameters);
};

/** Examples of RFC 9421, sections 2.1 and 2.2. */
describe('component values', () => {
  const at = (url: string, method = 'GET'): HttpMessage => ({ method, url, headers: new Headers() });
  const query =
    'https://www.example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something&empty=&odd=*~!%27()';
  it.each([
    ['"@method"', at('https://www.example.com/path?param=value', 'POST'), 'POST'],
    [
      '"@target-uri"',
      at('https://www.example.com/path?param=value'),
      'https://www.example.com/path?param=value',
    ],
    ['"@authority"', at('https://www.EXAMPLE.com:443/path'), 'www.example.com'],
    ['"@authority"', at('https://www.example.com:8443/path'), 'www.example.com:8443'],
    ['"@scheme"', at('HTTPS://www.example.com/path'), 'https'],
    ['"@request-target"', at('https://www.example.com/path?param=value'), '/path?param=value'],
    ['"@path"', at('https://www.example.com/path?param=value'), '/path'],
    ['"@path"', at('https://www.example.com'), '/'],
    ['"@path"', at('https://www.example.com/a%2Fb/../c'), '/a%2Fb/../c'],
    [
      '"@query"',
      at('https://www.example.com/path?param=value&foo=bar&baz=bat%2Dman'),
      '?param=value&foo=bar&baz=bat%2Dman',
    ],
    ['"@query"', at('https://www.example.com/path?queryString'), '?queryString'],
    ['"@query"', at('https://www.example.com/path'), '?'],
    ['"@query-param";name="var"', at(query), 'this%20is%20a%20big%0Amultiline%20value'],
    ['"@query-param";name="bar"', at(query), 'with%20plus%20whitespace'],
    ['"@query-param";name="fa%C3%A7ade%22%3A%20"', at(query), 'something'],
    ['"@query-param";name="empty"', at(query), ''],
    ['"@query-param";name="odd"', at(query), '*%7E%21%27%28%29'],
  ])('%s of %o', (component, message, expected) => {
    expect(value(message, component)).toBe(expected);
  });

  const fields: HttpMessage = {
    method: 'POST',
    url: 'https://www.example.com/',
    headers: new Headers([
      ['x-ows', '  Leading and trailing whitespace.  '],
      ['cache-control', 'max-age=60'],
      ['cache-control', '   must-revalidate'],
      ['example-dict', '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
      ['x-garbage', 'a=('],
    ]),
  };
  it.each([
    ['"x-ows"', 'Leading and trailing whitespace.'],
    ['"cache-control"', 'max-age=60, must-revalidate'],
    ['"example-dict"', 'a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
    ['"example-dict";sf', 'a=1, b=2;x=1;y=2, c=(a b c), d'],
    ['"example-dict";key="a"', '1'],
    ['"example-dict";key="d"', '?1'],
    ['"example-dict";key="b"', '2;x=1;y=2'],
    ['"example-dict";key="c"', '(a b c)'],
  ])('%s', (component, expected) => {
    expect(value(fields, component)).toBe(expected);
  });

  it.each([
    ['"x-missing"', 'the message has no x-missing'],
    ['"@unknown"', '@unknown is not known'],
    ['"@status"', 'the message has no @status'],
    ['"@method";req', '@method asks for the request of a request'],
    ['"x-ows";bs', 'the parameter bs of x-ows is not supported'],
    ['"x-ows";tr', 'the parameter tr of x-ows is not supported'],
    ['"x-ows";sf', 'the structure of x-ows is not known'],
    ['"x-garbage";key="a"', 'x-garbage is not written in its structure'],
    ['"example-dict";key="z"', 'the message has no member z'],
    ['"no name"', 'a component is no name of a field'],
    ['"@query-param"', '@query-param needs a name'],
    ['"@query-param";name="absent"', 'the query has 0 parameters absent'],
  ])('%s cannot be had', (component, message) => {
    expect(() => value(fields, component)).toThrow(message);
  });

  it('is none for a parameter that stands twice, or a field that is not plain text', () => {
    expect(() => value(at('https://a.example/?a=1&a=2'), '"@query-param";name="a"')).toThrow('has 2');
    const latin = { headers: new Headers({ 'x-name': 'Zo\u00eb' }) };
    expect(() => value(latin, '"x-name"')).toThrow('is not plain text');
  });
});

/** Beside the checkout; not part of it. */
const FOLDER = new URL('../../../../shared/structured-field-tests/', import.meta.url);
const FILES = [
  'binary',
  'boolean',
  'date',
  'dictionary',
  'display-string',
  'examples',
  'item',
  'key-generated',
  'large-generated',
  'list',
  'listlist',
  'number',
  'number-generated',
  'param-dict',
  'param-list',
  'param-listlist',
  'string',
  'string-generated',
  'token',
  'token-generated',
];

interface FieldTest {
  readonly name: string;
  readonly raw: readonly string[];
  readonly header_type: 'item' | 'list' | 'dictionary';
  readonly expected?: unknown;
  readonly must_fail?: boolean;
  readonly can_fail?: boolean;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): string {
  const bits = Array.from(text.replace(/=+$/, ''), (letter) =>
    BASE32.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return (bits.match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0'))
    .join('');
}

/** What was parsed and what was expected, in one spelling. */
function plain(parsed: unknown): unknown {
  if (parsed instanceof Map) return [...parsed].map(([key, each]) => [key, plain(each)]);
  if (parsed instanceof Token) return { token: parsed.toString() };
  if (parsed instanceof DisplayString) return { displaystring: parsed.toString() };
  if (parsed instanceof Date) return { date: parsed.getTime() / 1000 };
  if (parsed instanceof ArrayBuffer) return { binary: Buffer.from(parsed).toString('hex') };
  return Array.isArray(parsed) ? parsed.map(plain) : parsed;
}

function expectedOf(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(expectedOf);
  if (typeof given !== 'object' || given === null) return given;
  const { __type: type, value: text } = given as { __type: string; value: string };
  // A date beyond what `Date` holds is read as none, and written as none: a signature over it verifies nowhere.
  if (type === 'date') return { date: new Date(Number(text) * 1000).getTime() / 1000 };
  return type === 'binary' ? { binary: fromBase32(text) } : { [type]: text };
}

const parsers = { item: parseItem, list: parseList, dictionary: parseDictionary };

const cases = existsSync(FOLDER)
  ? FILES.flatMap((file) =>
      (read(new URL(`${file}.json`, FOLDER).href) as FieldTest[]).map((test) => ({ ...test, file })),
    )
  : [];

describe.skipIf(!existsSync(FOLDER))(
  'the parser of structured fields, by the tests of the HTTP working group (skipped without them)',
  () => {
    /** How it does on one: agreement, or what went otherwise. */
    function disagreement({
      raw,
      header_type: kind,
      expected,
      must_fail: mustFail,
      can_fail: canFail,
      file,
      name,
    }: FieldTest & { file: string }): string | undefined {
      try {
        const parsed = plain(parsers[kind](raw.join(', ')));
        if (mustFail) return `${file}: ${name}: taken`;
        const isSame = JSON.stringify(parsed) === JSON.stringify(expectedOf(expected));
        return isSame ? undefined : `${file}: ${name}: ${JSON.stringify(parsed)}`;
      } catch {
        return mustFail || canFail ? undefined : `${file}: ${name}: refused`;
      }
    }

    it('reads or refuses each of them as it should', () => {
      expect(cases.length).toBeGreaterThan(1500);
      expect(cases.map(disagreement).filter(Boolean)).toEqual([]);
    });
  },
);
