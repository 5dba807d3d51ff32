import {
  defineProvider,
  type Envelope,
  hmac,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import type { AdyenEvents } from './events/adyen-events.ts';

export type * from './events/adyen-events.ts';

const ITEM = 'notificationItems.0.NotificationRequestItem';

/** What is signed of an item, in order; the rest of it is only asserted. */
const FIELDS = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'amount.value',
  'amount.currency',
  'eventCode',
  'success',
] as const;

/** More than Adyen sends in one delivery, and what a stranger may make us sign. */
const MAX_ITEMS = 100;

const mac = hmac({
  payload: `${ITEM}.additionalData.hmacSignature`,
  hash: 'sha256',
  encoding: 'base64',
  content: FIELDS.map((field) => ({ payload: `${ITEM}.${field}` })),
  // Adyen shows it in capitals.
  secret: { encoding: 'hex-any' },
});

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

function itemsOf(payload: unknown): readonly Fields[] {
  const { notificationItems: items } = fieldsOf(payload);
  return Array.isArray(items) ? items.map((item) => fieldsOf(fieldsOf(item).NotificationRequestItem)) : [];
}

const textOf = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';

const valuesOf = (item: Fields): readonly string[] =>
  FIELDS.map((field) => {
    const [name = '', inner] = field.split('.');
    return textOf(inner === undefined ? item[name] : fieldsOf(item[name])[inner]);
  });

const signedText = (item: Fields): string => valuesOf(item).join(':');

/** Nothing is escaped: with a colon in more than the merchant's own reference, one text would be two items. */
const isUnambiguous = (item: Fields): boolean =>
  valuesOf(item).every((value, index) => FIELDS[index] === 'merchantReference' || !value.includes(':'));

const DIGEST = /^[A-Za-z0-9+/]{43}=$/;

function signatureOf(item: Fields): Uint8Array | undefined {
  const { hmacSignature } = fieldsOf(item.additionalData);
  if (typeof hmacSignature !== 'string' || !DIGEST.test(hmacSignature)) return undefined;
  const binary = atob(hmacSignature);
  if (btoa(binary) !== hmacSignature) return undefined;
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Every item has a signature of its own, and every one of them must hold. */
class AdyenKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;

  constructor(secret: Uint8Array) {
    this.#key = mac.key(secret) as Required<SchemeKey>;
  }

  async verify(_content: unknown, envelope: Envelope) {
    const items = itemsOf(envelope.payload);
    let matched = items.length > 0 && items.length <= MAX_ITEMS;
    for (const item of items.slice(0, MAX_ITEMS)) {
      const signature = signatureOf(item);
      const signatures = signature === undefined ? [] : [signature];
      const isGenuine = await this.#key.verify([signedText(item)], { ...envelope, signatures });
      matched = isGenuine === true && isUnambiguous(item) && matched;
    }
    if (!matched) return false;
    const codes = new Set(items.map(({ eventCode }) => textOf(eventCode)));
    const [type = ''] = codes;
    return { fields: { id: items.map(signedText).join('\n'), ...(codes.size === 1 && { type }) } };
  }

  sign(_content: unknown, envelope?: Envelope) {
    const [item = {}] = itemsOf(envelope?.payload);
    return this.#key.sign([signedText(item)], envelope);
  }
}

/** @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures */
const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'adyen',
  claims: ['id', 'type'],
  content: ({ payload }) => itemsOf(payload).flatMap((item) => [signedText(item), '\n']),
  key: (secret) => new AdyenKey(secret),
};

/**
 * Adyen's standard (payment) webhooks, as JSON. `secret` is the HMAC key of the webhook (hexadecimal), as the
 * Customer Area shows it. Each item is signed by itself, and only eight of its fields are: references, merchant
 * account, amount, `eventCode` and `success`. All else, `additionalData` and `reason` included, is only asserted.
 *
 * One delivery is one event, known by the signed fields of its items. Its type is the `eventCode`, or `batch` where
 * items of several codes come together. Run the items of a batch one by one:
 * `for (const { NotificationRequestItem: item } of event.payload.notificationItems) await ctx.once(…)`.
 *
 * @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
 */
export const adyen: ProviderFactory<'secret', AdyenEvents> = defineProvider({
  name: 'adyen',
  docs: {
    url: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme,
  id: { field: 'id' },
  type: [{ field: 'type' }, { constant: 'batch' }],
  acknowledge: { status: 200, body: '[accepted]' },
  deadline: 10,
});
