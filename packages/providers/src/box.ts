import {
  type Chunk,
  defineProvider,
  type Envelope,
  hmac,
  type Proof,
  type ProviderFactory,
  type Scheme,
  type SchemeKey,
  WebhookError,
} from '@countersign/core';
import type { BoxEvents } from './events/box-events.ts';

export type * from './events/box-events.ts';

const mac = hmac({
  header: ['box-signature-primary', 'box-signature-secondary'],
  all: true,
  hash: 'sha256',
  encoding: 'base64',
  content: ['body', 'timestamp'],
});

/** What every signature of this scheme says of itself. Another version would be another scheme. */
const PINNED = { 'box-signature-version': '1', 'box-signature-algorithm': 'HmacSHA256' };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** JSON as Box's own writer escapes it, some of whose signatures are over that. One spelling for all of a body's. */
function escaped(body: Uint8Array): Chunk {
  try {
    return decoder
      .decode(body)
      .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replace(/(?<!\\)\//g, '\\/');
  } catch {
    return body;
  }
}

class BoxKey implements SchemeKey {
  readonly #key: Required<SchemeKey>;

  constructor(secret: Uint8Array) {
    this.#key = mac.key(secret) as Required<SchemeKey>;
  }

  async verify(content: readonly Chunk[], envelope: Envelope): Promise<false | Proof> {
    const [, timestamp = ''] = content;
    const text = escaped(envelope.body);
    const asSent = await this.#key.verify(content, envelope);
    const asEscaped = await this.#key.verify([text, timestamp], envelope);
    return (asSent === true || asEscaped === true) && { content: [text] };
  }

  sign(content: readonly Chunk[], envelope: Envelope) {
    return this.#key.sign(content, envelope);
  }
}

const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'box',
  content({ request, body, timestamp = '' }) {
    for (const [name, value] of Object.entries(PINNED)) {
      if (request.headers.get(name) === value) continue;
      throw new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', `${name} is not ${value}, as Box sends it`);
    }
    return [body, timestamp];
  },
  key: (secret) => new BoxKey(secret),
  prepare: (draft) => ({ ...draft, headers: { ...PINNED, ...draft.headers } }),
};

/**
 * Box, V2 webhooks. `secret` takes the app's primary and secondary signature key; Box signs with both, so that they
 * can be changed one at a time, and one match is enough. A time ahead of this machine's clock, by however little, is
 * refused, as Box's SDK does: keep the clock right, or give the receiver a `tolerance`.
 *
 * @see https://developer.box.com/guides/webhooks/handle/setup-signatures/
 */
export const box: ProviderFactory<'secret', BoxEvents> = defineProvider({
  name: 'box',
  docs: { url: 'https://developer.box.com/guides/webhooks/handle/setup-signatures/', read: '2026-11-22' },
  status: 'proven',
  scheme,
  timestamp: {
    header: 'box-delivery-timestamp',
    unit: 'rfc3339',
    tolerance: { past: 600, future: 0 },
  },
  id: { payload: 'id' },
  type: { payload: 'trigger' },
});
