import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertLogged, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf, tokenDeliveryOf } from '../deliveries.ts';
import type { RawRequest } from '../raw-request.ts';
import { headerOf, withHeader } from '../raw-request.ts';
import type { RawResponse } from '../raw-response.ts';
import { PATH, senders } from '../senders.ts';

const SIGNATURE = 'Acme-Signature';
const FORGED = `sha256=${'0'.repeat(64)}`;

function tampered(): RawRequest {
  const delivery = deliveryOf();
  const body = Buffer.from(delivery.body);
  body[0] = (body[0] ?? 0) ^ 1;
  return { ...delivery, body };
}

function signedTwice(order: (genuine: string) => readonly string[]): RawRequest {
  const delivery = deliveryOf();
  return withHeader(delivery, SIGNATURE, ...order(headerOf(delivery, SIGNATURE)));
}

/** What must be refused, and the code in the log; to the sender all of them look the same. */
const refusals: Readonly<Record<string, readonly [delivery: () => RawRequest, code: string]>> = {
  'a changed body': [tampered, 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  'the secret of somebody else': [() => deliveryOf({ by: 'other' }), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  'another id': [() => withHeader(deliveryOf(), 'Acme-Id', 'evt-other'), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  'no signature': [() => withHeader(deliveryOf(), SIGNATURE), 'ERR_WEBHOOK_SIGNATURE_MISSING'],
  'an empty signature': [() => withHeader(deliveryOf(), SIGNATURE, ''), 'ERR_WEBHOOK_SIGNATURE_MALFORMED'],
  'a signature of 9,000 characters': [
    () => withHeader(deliveryOf(), SIGNATURE, `sha256=${'a'.repeat(9000)}`),
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  ],
  'a signature with bytes beyond ASCII': [
    () => withHeader(deliveryOf(), SIGNATURE, 'sha256=\xe9\xff'),
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  ],
  'an id with bytes beyond ASCII': [
    () => withHeader(deliveryOf(), 'Acme-Id', 'caf\xe9'),
    'ERR_WEBHOOK_ID_MALFORMED',
  ],
  'a stale timestamp': [() => deliveryOf({ age: 3600 }), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
  'a timestamp from the future': [() => deliveryOf({ age: -3600 }), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
  'a repeated timestamp': [
    () => ({ ...deliveryOf(), headers: [...deliveryOf().headers, ['Acme-Timestamp', '1']] }),
    'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
  ],
  'a forged signature before the genuine one': [
    () => signedTwice((genuine) => [FORGED, genuine]),
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  ],
  'a forged signature after the genuine one': [
    () => signedTwice((genuine) => [genuine, FORGED]),
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  ],
  'the genuine signature twice': [
    () => signedTwice((genuine) => [genuine, genuine]),
    'ERR_WEBHOOK_SIGNATURE_MALFORMED',
  ],
};

const tokenOrders = [
  ['good', 'bad'],
  ['bad', 'good'],
  ['good', 'good'],
] as const;

/** Everything in an answer that a sender could tell two causes apart by. */
const looks = ({ status, headers, body }: RawResponse): string => {
  const lines = [...headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`);
  return [status, ...lines, body.toString('latin1')].join('\n');
};

/** Who is let in, and how little the others are told. */
export const signatureCases: readonly AdapterCase[] = [
  ...Object.entries(refusals).map(([name, [delivery, code]]) =>
    onEndpoint(`${name} is refused with 401`, {}, async (endpoint) => {
      assertRefused(await endpoint.send(delivery()), 401);
      assertRuns(endpoint, 0);
      await assertLogged(endpoint, code);
      assert.equal(endpoint.store.calls.size, 0, 'the store is not asked for a stranger');
    }),
  ),
  onEndpoint('all refusals look the same', {}, async (endpoint) => {
    const answers = new Set<string>();
    for (const [delivery] of Object.values(refusals)) answers.add(looks(await endpoint.send(delivery())));
    assert.equal(answers.size, 1, [...answers].join('\n\n'));
  }),
  onEndpoint(
    'a secret resolver is shown method, address and headers',
    { provider: senders.tenants() },
    async (endpoint) => {
      const headers = [['acme-region', 'eu']] as const;
      const send = (tenant: string, by: 'mine' | 'other', own: typeof headers | [] = headers) =>
        endpoint.send(deliveryOf({ target: `${PATH}?tenant=${tenant}`, by, headers: own }));
      assertAccepted(await send('mine', 'mine'));
      assertAccepted(await send('other', 'other'));
      assertRefused(await send('mine', 'other'), 401);
      assertRefused(await send('nobody', 'mine'), 401);
      assertRefused(await send('mine', 'mine', []), 401);
      assertRuns(endpoint, 2);
    },
  ),
  onEndpoint('a token in Authorization', { provider: senders.token() }, async (endpoint) => {
    assertAccepted(await endpoint.send(tokenDeliveryOf('good')));
    assertRefused(await endpoint.send(tokenDeliveryOf('bad')), 401);
    assertRefused(await endpoint.send(tokenDeliveryOf()), 401);
    assertRuns(endpoint, 1);
  }),
  ...tokenOrders.map((tokens) =>
    onEndpoint(
      `Authorization twice (${tokens.join(', ')}) is refused with 401`,
      { provider: senders.token() },
      async (endpoint) => {
        assertRefused(await endpoint.send(tokenDeliveryOf(...tokens)), 401);
        assertRuns(endpoint, 0);
      },
    ),
  ),
];
