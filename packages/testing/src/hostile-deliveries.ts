import type { Provider, SignatureGrammar, WebhookErrorCode } from '@countersign/core';
import type { Delivery } from './delivery.ts';
import { type SignableEvent, type SignOptions, sign } from './sign.ts';

/** A delivery that must be refused, what is wrong with it, and how it may be refused. */
export interface HostileDelivery {
  readonly name: string;
  readonly delivery: Delivery;
  /** The codes that a refusal may bear; an accepted delivery is a defect. */
  readonly codes: readonly WebhookErrorCode[];
}

const DAY = 86_400_000;

const SIGNATURE: readonly WebhookErrorCode[] = [
  'ERR_WEBHOOK_SIGNATURE_MISMATCH',
  'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  'ERR_WEBHOOK_TIMESTAMP_MISSING',
  'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
  'ERR_WEBHOOK_ID_MALFORMED',
];

function withBody(delivery: Delivery, change: (body: Uint8Array) => Uint8Array): Delivery {
  return { ...delivery, body: change(delivery.body.slice()) };
}

function withHeader(
  delivery: Delivery,
  name: string,
  change: (value: string) => string | undefined,
): Delivery {
  const { [name]: value = '', ...rest } = delivery.headers;
  const changed = change(value);
  return { ...delivery, headers: changed === undefined ? rest : { ...rest, [name]: changed } };
}

type Change = (value: string) => string | undefined;

/** A form or JSON with the value at a path changed, or as it is where it is neither. */
function withField(body: Uint8Array, path: readonly string[], change: Change): Uint8Array {
  const text = new TextDecoder().decode(body);
  const [first = ''] = path;
  if (!text.trimStart().startsWith('{')) {
    const form = new URLSearchParams(text);
    const changed = change(form.get(first) ?? '');
    if (changed === undefined) form.delete(first);
    else form.set(first, changed);
    return new TextEncoder().encode(form.toString());
  }
  const payload = JSON.parse(text);
  const parent = path.slice(0, -1).reduce((at, key) => at?.[key], payload);
  const last = path.at(-1) as string;
  if (typeof parent?.[last] === 'string') parent[last] = change(parent[last]);
  return new TextEncoder().encode(JSON.stringify(payload));
}

/** The delivery with its signature changed or left out, wherever the scheme has it. */
function withSignature(
  delivery: Delivery,
  { header, query, payload }: SignatureGrammar,
  change: Change,
): Delivery {
  if (header !== undefined) {
    const names = [header].flat().filter((name) => name in delivery.headers);
    return names.reduce((changed, name) => withHeader(changed, name, change), delivery);
  }
  if (payload !== undefined) return withBody(delivery, (body) => withField(body, payload.split('.'), change));
  const url = new URL(delivery.url);
  const changed = change(url.searchParams.get(query as string) ?? '');
  if (changed === undefined) url.searchParams.delete(query as string);
  else url.searchParams.set(query as string, changed);
  return { ...delivery, url: url.href };
}

/** Whether a genuine delivery is signed where this scheme looks. */
function isThere({ headers, url, body }: Delivery, { header, query, payload }: SignatureGrammar): boolean {
  if (header !== undefined) return [header].flat().some((name) => name in headers);
  if (query !== undefined) return new URL(url).searchParams.has(query);
  const [field = ''] = (payload ?? '').split('.');
  return new TextDecoder().decode(body).includes(field);
}

/** Headers that may be sent twice: joined, they are a longer list. */
const isList = ({ labels, pairs }: SignatureGrammar): boolean =>
  labels !== undefined || (pairs !== undefined && pairs.fields === undefined);

/** Another letter of the same kind, so that only the value is wrong. */
const swapLast = (text: string): string =>
  text.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (at) => (at === '0' ? '1' : '0'));

/**
 * Deliveries that must be refused, made from a genuine one: every way of changing it, of leaving its signature out,
 * and of sending it at the wrong time that the provider's record knows of.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 *
 * for (const { delivery } of await hostileDeliveries(provider)) {
 *   assert.equal((await receiver.fetch(toRequest(delivery))).status, 401);
 * }
 * ```
 */
export async function hostileDeliveries(
  provider: Provider,
  event: SignableEvent = {},
  options: SignOptions = {},
): Promise<readonly HostileDelivery[]> {
  const genuine = await sign(provider, event, options);
  const scheme = provider.rules.schemes.find(({ grammar }) => isThere(genuine, grammar));
  if (scheme === undefined) return [];
  const signedAs = (change: Change): Delivery => withSignature(genuine, scheme.grammar, change);
  const refused = (name: string, delivery: Delivery, codes = SIGNATURE): HostileDelivery => ({
    name,
    delivery,
    codes,
  });

  const made = [
    refused(
      'without its signature',
      signedAs(() => undefined),
      ['ERR_WEBHOOK_SIGNATURE_MISSING'],
    ),
    refused(
      'with an empty signature',
      signedAs(() => ''),
      [...SIGNATURE, 'ERR_WEBHOOK_SIGNATURE_MISSING'],
    ),
    refused('with another signature', signedAs(swapLast)),
    refused(
      'with a signature cut short',
      signedAs((value) => value.slice(0, -2)),
    ),
    refused(
      'with a signature of 9,000 characters',
      signedAs((value) => value.padEnd(9000, 'a')),
    ),
  ];
  if (!isList(scheme.grammar)) {
    made.push(
      refused(
        'with its signature twice',
        signedAs((value) => `${value}, ${value}`),
      ),
    );
  }
  if (scheme.covers.includes('body')) {
    made.push(
      refused(
        'with its first byte changed',
        withBody(genuine, (body) => body.fill((body[0] ?? 0) ^ 1, 0, 1)),
      ),
      refused(
        'with its last byte changed',
        withBody(genuine, (body) => body.fill((body.at(-1) ?? 0) ^ 1, -1)),
      ),
      refused(
        'with a byte that is not UTF-8',
        withBody(genuine, (body) => body.fill(0xff, -1)),
      ),
      refused(
        'cut short',
        withBody(genuine, (body) => body.slice(0, -1)),
      ),
      refused(
        'with a newline at its end',
        withBody(genuine, (body) => new Uint8Array([...body, 10])),
      ),
      refused(
        'with a BOM before it',
        withBody(genuine, (body) => new Uint8Array([0xef, 0xbb, 0xbf, ...body])),
      ),
    );
  }
  if (scheme.covers.includes('timestamp')) {
    const { past, future } = provider.tolerance;
    made.push(
      ...(await untimely('from long ago', -past, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD')),
      ...(await untimely('from far ahead', future, 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW')),
    );
  }
  return made;

  /** A day beyond what is tolerated; a provider that tolerates any age has no such delivery. */
  async function untimely(name: string, off: number, code: WebhookErrorCode): Promise<HostileDelivery[]> {
    if (!Number.isFinite(off)) return [];
    const timestamp =
      Number(event.timestamp ?? Date.now()) + off * 1000 + (code.endsWith('OLD') ? -DAY : DAY);
    return [refused(name, await sign(provider, { ...event, timestamp }, options), [code])];
  }
}
