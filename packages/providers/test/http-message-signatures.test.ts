import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { httpMessageSignatures } from '../src/http-message-signatures.ts';
import { configurationError, judge, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
const publicUrl = 'https://example.com';
const url = '/hooks?a=1&b=2';
const body = '{"id":"evt_1","type":"order.paid"}';

const digestOf = (text: string, hash = 'sha256'): string =>
  `${hash === 'sha256' ? 'sha-256' : 'sha-512'}=:${createHash(hash).update(text).digest('base64')}:`;

/** What stands in the base for each component that a test covers; nothing of it is ours. */
const values: Readonly<Record<string, string>> = {
  '"@method"': 'POST',
  '"@target-uri"': `https://example.com${url}`,
  '"@authority"': 'example.com',
  '"@path"': '/hooks',
  '"@query"': '?a=1&b=2',
  '"@request-target"': url,
  '"@query-param";name="a"': '1',
  '"x-tenant"': 'acme',
};

interface Making {
  readonly cover?: readonly string[];
  readonly params?: string;
  readonly label?: string;
  readonly digest?: string | undefined;
  readonly key?: string;
}

const WHOLE = ['"@method"', '"@target-uri"', '"content-digest"'];

/** Node's own HMAC over a base written here. */
function made({
  cover = WHOLE,
  params = `;created=${SECONDS}`,
  label = 'sig1',
  digest = digestOf(body),
  key = secret,
}: Making = {}) {
  const covered = `(${cover.join(' ')})${params}`;
  const lines = cover.map(
    (each) => `${each}: ${each === '"content-digest"' ? digest : (values[each] ?? '')}\n`,
  );
  const base = `${lines.join('')}"@signature-params": ${covered}`;
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(base).digest('base64');
  return {
    'content-digest': digest,
    'signature-input': `${label}=${covered}`,
    signature: `${label}=:${signature}:`,
    'x-tenant': 'acme',
  };
}

const receiver = verifierOf(httpMessageSignatures({ secret, publicUrl }));
const verdict = (
  headers: Record<string, string>,
  sent: { url?: string; body?: string; method?: string } = {},
) => verdictOf(receiver, request({ url, body, ...sent, headers }));

const without = (headers: Record<string, string>, name: string): Record<string, string> => {
  const { [name]: _, ...rest } = headers;
  return rest;
};

describe('the policy of HTTP Message Signatures', () => {
  const accepted: [string, Making][] = [
    ['the target', {}],
    [
      'authority, path and query',
      { cover: ['"@method"', '"@authority"', '"@path"', '"@query"', '"content-digest"'] },
    ],
    [
      'authority and request target',
      { cover: ['"@method"', '"@authority"', '"@request-target"', '"content-digest"'] },
    ],
    ['more than is asked for', { cover: [...WHOLE, '"x-tenant"', '"@query-param";name="a"'] }],
    ['a digest of another kind', { digest: digestOf(body, 'sha512') }],
    ['the algorithm named', { params: `;created=${SECONDS};alg="hmac-sha256"` }],
    ['not yet expired', { params: `;created=${SECONDS};expires=${SECONDS + 1}` }],
    ['as old as may be', { params: `;created=${SECONDS - 300}` }],
    ['any label', { label: 'relabelled-by_a.proxy*' }],
  ];
  it.each(accepted)('accepts what covers %s', async (_, making) => {
    expect(await verdict(made(making))).toBe('accepted');
  });

  const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
  const refused: [string, Making, string][] = [
    ['nothing', { cover: [] }, MISMATCH],
    ['no method', { cover: ['"@target-uri"', '"content-digest"'] }, MISMATCH],
    ['no body', { cover: ['"@method"', '"@target-uri"'] }, MISMATCH],
    ['no address', { cover: ['"@method"', '"content-digest"'] }, MISMATCH],
    ['no query', { cover: ['"@method"', '"@authority"', '"@path"', '"content-digest"'] }, MISMATCH],
    ['no authority', { cover: ['"@method"', '"@path"', '"@query"', '"content-digest"'] }, MISMATCH],
    [
      'a part of the digest',
      { cover: ['"@method"', '"@target-uri"', '"content-digest";key="sha-256"'] },
      MISMATCH,
    ],
    ['a component twice', { cover: [...WHOLE, '"@method"'] }, MISMATCH],
    [
      'a part of the query twice',
      { cover: [...WHOLE, '"@query-param";name="a"', '"@query-param";name="a"'] },
      MISMATCH,
    ],
    ['a name that is not known', { cover: [...WHOLE, '"@status-code"'] }, MISMATCH],
    ['its own parameters', { cover: [...WHOLE, '"@signature-params"'] }, MISMATCH],
    ['a status', { cover: [...WHOLE, '"@status"'] }, MISMATCH],
    ['a field as bytes', { cover: [...WHOLE, '"x-tenant";bs'] }, MISMATCH],
    ['a trailer', { cover: [...WHOLE, '"x-tenant";tr'] }, MISMATCH],
    ['the request of a request', { cover: [...WHOLE, '"@method";req'] }, MISMATCH],
    ['a field that is missing', { cover: [...WHOLE, '"x-absent"'] }, MISMATCH],
    ['a field in capitals', { cover: [...WHOLE, '"X-Tenant"'] }, MISMATCH],
    ['a field whose name is none', { cover: [...WHOLE, '"x tenant"'] }, MISMATCH],
    ['a member of what is no dictionary', { cover: [...WHOLE, '"x-tenant";key="("'] }, MISMATCH],
    ['a token for a name', { cover: [...WHOLE, 'x-tenant'] }, MISMATCH],
    ['another algorithm', { params: `;created=${SECONDS};alg="ed25519"` }, MISMATCH],
    ['another algorithm, as a token', { params: `;created=${SECONDS};alg=hmac-sha256` }, MISMATCH],
    ['no time', { params: '' }, MISMATCH],
    ['a time as text', { params: `;created="${SECONDS}"` }, MISMATCH],
    ['a time with a fraction', { params: `;created=${SECONDS}.5` }, MISMATCH],
    ['an expiry now', { params: `;created=${SECONDS};expires=${SECONDS}` }, MISMATCH],
    ['an expiry as text', { params: `;created=${SECONDS};expires="${SECONDS + 60}"` }, MISMATCH],
    ['a time too old', { params: `;created=${SECONDS - 301}` }, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    ['a time too new', { params: `;created=${SECONDS + 301}` }, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['the digest of another body', { digest: digestOf(`${body} `) }, MISMATCH],
    ['a deprecated digest', { digest: `md5=:${createHash('md5').update(body).digest('base64')}:` }, MISMATCH],
    ['a digest that is garbage', { digest: 'sha-256=:(' }, MISMATCH],
    ['another key', { key: Buffer.alloc(64, 7).toString('base64') }, MISMATCH],
  ];
  it.each(refused)('refuses what covers %s', async (_, making, code) => {
    expect(await verdict(made(making))).toBe(code);
  });

  it.each([
    ['its body changed', { body: body.replace('paid', 'void') }],
    ['its body taken away', { body: '' }],
    ['its query changed', { url: '/hooks?a=1&b=3' }],
    ['its path changed', { url: '/hook?a=1&b=2' }],
    ['another method', { method: 'PUT' }],
  ])('refuses a delivery with %s', async (_, sent) => {
    expect(await verdict(made(), sent)).toMatch(/MISMATCH|METHOD/);
  });

  it('refuses a body with a digest of its own, put in place of the signed one', async () => {
    const other = body.replace('paid', 'void');
    expect(await verdict({ ...made(), 'content-digest': digestOf(other) }, { body: other })).toBe(MISMATCH);
    const both = `${digestOf(body)}, ${digestOf(other, 'sha512')}`;
    expect(await verdict({ ...made(), 'content-digest': both })).toBe(MISMATCH);
  });

  it.each(['content-digest', 'signature-input', 'signature'])(
    'refuses what comes without %s',
    async (name) => {
      expect(await verdict(without(made(), name))).toBe(
        name === 'signature' ? 'ERR_WEBHOOK_SIGNATURE_MISSING' : MISMATCH,
      );
    },
  );
});

describe('several signatures', () => {
  const good = made();
  const join = (...all: Record<string, string>[]): Record<string, string> => ({
    ...good,
    'signature-input': all.map((each) => each['signature-input']).join(', '),
    signature: all.map((each) => each.signature).join(', '),
  });
  const other = (label: string, making: Making = {}) => made({ ...making, label });

  it('are each judged apart: strangers beside a good one neither help nor harm', async () => {
    const strange = other('proxy', { key: Buffer.alloc(64, 7).toString('base64') });
    const empty = other('empty', { cover: [] });
    expect(await verdict(join(strange, good))).toBe('accepted');
    expect(await verdict(join(good, strange, empty))).toBe('accepted');
    expect(await verdict(join(strange, empty))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it('are not mixed: a label counts only with what it stands for in both fields', async () => {
    const input = other('a')['signature-input'] as string;
    expect(await verdict({ ...good, 'signature-input': input })).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    const weak = other('sig1', { cover: [] });
    expect(await verdict({ ...good, signature: weak.signature as string })).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
    expect(await verdict({ ...good, 'signature-input': `${good['signature-input']}, b=("@method")` })).toBe(
      'accepted',
    );
  });

  it('of one label are none', async () => {
    expect(await verdict(join(good, good))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    expect(await verdict({ ...good, signature: `${good.signature},${good.signature}` })).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });

  it('are sixteen at most', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => other(`s${at}`, { cover: [] }));
    expect(await verdict(join(...many(15), good))).toBe('accepted');
    expect(await verdict(join(...many(16), good))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it.each([
    [
      'a longer Signature-Input than any',
      { 'signature-input': `${good['signature-input']};nonce="${'a'.repeat(8192)}"` },
    ],
    ['garbage in Signature-Input', { 'signature-input': `${good['signature-input']}, (` }],
    ['an item in Signature-Input', { 'signature-input': 'sig1="@method"' }],
    ['garbage in Signature', { signature: `${good.signature}, (` }],
    ['a token in Signature', { signature: 'sig1=abc' }],
    ['a Signature without its colons', { signature: (good.signature as string).replaceAll(':', '') }],
  ])('are none for %s', async (_, changed) => {
    expect(await verdict({ ...good, ...changed })).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });
});

describe('the options of httpMessageSignatures', () => {
  it('ask for a tag, and for more to cover', async () => {
    const strict = verifierOf(
      httpMessageSignatures({ secret, publicUrl, tag: 'orders', require: ['x-tenant'] }),
    );
    const judged = (making: Making) => verdictOf(strict, request({ url, body, headers: made(making) }));
    const cover = [...WHOLE, '"x-tenant"'];
    const params = `;created=${SECONDS};tag="orders"`;
    expect(await judged({ cover, params })).toBe('accepted');
    expect(await judged({ cover })).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    expect(await judged({ params })).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    expect(await judged({ cover, params: `;created=${SECONDS};tag="others"` })).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });

  it('give the event its id, type, and the moment that is signed', async () => {
    const { event } = await judge(receiver, request({ url, body, headers: made() }));
    expect(event).toMatchObject({
      id: 'evt_1',
      type: 'order.paid',
      timestamp: new Date(SECONDS * 1000),
      signed: { id: true, type: true, timestamp: true },
    });
  });

  it.each([
    ['no key', () => httpMessageSignatures({ secret: undefined, publicUrl }), 'ERR_WEBHOOK_CONFIG_SECRET'],
    [
      'a public key and no algorithm',
      () => httpMessageSignatures({ publicKey: 'x', publicUrl }),
      'ERR_WEBHOOK_CONFIG_OPTION',
    ],
    [
      'an unknown algorithm',
      () => httpMessageSignatures({ secret, publicUrl, algorithm: 'none' as never }),
      'ERR_WEBHOOK_CONFIG_OPTION',
    ],
    [
      'no address',
      () => httpMessageSignatures({ secret, publicUrl: undefined as never }),
      'ERR_WEBHOOK_CONFIG_OPTION',
    ],
  ])('are refused with %s', (_, make, code) => {
    expect(configurationError(make)).toBe(code);
  });
});
