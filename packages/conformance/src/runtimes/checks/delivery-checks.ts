import { createReceiver, isWebhookError, reply, type WebhookRequest } from '@countersign/core';
import { httpMessageSignatures } from '@countersign/providers/http-message-signatures';
import { sign, toRequest } from '@countersign/testing';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { answerOf, endpoint, RECEIVED } from './endpoint.ts';
import { keyPair } from './key-pair.ts';

const REFUSED = '401 {"error":"signature_invalid"}';
const HOUR = 3_600_000;

/** What is handled, and what is not, by `receiver.fetch` on Requests that the runtime makes. */
export const deliveryChecks: readonly Check[] = [
  {
    name: 'bytes that are no text are handled as they came',
    async run() {
      const { deliver, send, runs } = endpoint();
      const body = Uint8Array.from({ length: 512 }, (_, at) => (at * 7) % 256);
      assertSame(await send(await deliver({ body })), RECEIVED, 'the answer');
      assertSame([...(runs[0]?.body ?? [])], [...body], 'the bytes');
    },
  },
  {
    name: 'answers are guarded against caches and sniffers',
    async run() {
      const { deliver, receiver } = endpoint();
      const { headers } = await receiver.fetch(toRequest(await deliver()));
      const names = ['content-type', 'cache-control', 'x-content-type-options'];
      const expected = ['application/json', 'no-store', 'nosniff'];
      assertSame(
        names.map((name) => headers.get(name)),
        expected,
        'the headers',
      );
    },
  },
  {
    name: 'what is changed, stale, or of tomorrow is refused, all in one word',
    async run() {
      const { deliver, send, runs } = endpoint();
      const genuine = await deliver();
      const bad = [
        { ...genuine, body: new TextEncoder().encode('hallo') },
        { ...genuine, headers: { ...genuine.headers, 'acme-id': 'another' } },
        await deliver({ timestamp: Date.now() - HOUR }),
        await deliver({ timestamp: Date.now() + HOUR }),
      ];
      for (const delivery of bad) assertSame(await send(delivery), REFUSED, 'the answer');
      assertSame(runs.length, 0, 'runs');
    },
  },
  {
    name: 'a handler may answer by itself',
    async run() {
      const { deliver, receiver } = endpoint({}, () =>
        reply({ status: 201, headers: { 'x-acme': 'seen' }, body: { hello: 'wörld' } }),
      );
      const response = await receiver.fetch(toRequest(await deliver()));
      assertSame([response.status, response.headers.get('x-acme')], [201, 'seen'], 'the answer');
      assertSame(await response.json(), { hello: 'wörld' }, 'its body');
    },
  },
  ...['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => ({
    name: `${method} is not allowed`,
    async run() {
      const { receiver, deliver } = endpoint();
      const { url } = await deliver();
      const response = await receiver.fetch(new Request(url, { method }));
      assertSame([response.status, response.headers.get('allow')], [405, 'POST'], 'status and Allow');
    },
  })),
  {
    // WebCrypto throws for some of these on Workers.
    name: 'an Ed25519 signature of any length but its own is refused',
    async run() {
      const seconds = Math.floor(Date.now() / 1000);
      const provider = httpMessageSignatures({
        publicKey: keyPair.pem,
        publicUrl: 'https://receiver.test',
        algorithm: 'ed25519',
      });
      const receiver = createReceiver(provider, { logger: false, on: {} });
      const input = `sig1=("@method" "@target-uri" "content-digest");created=${seconds}`;
      const delivery = await sign(provider, { headers: { 'signature-input': input } }, keyPair);
      assertSame(
        await answerOf(await receiver.fetch(toRequest(delivery))),
        RECEIVED,
        'the answer to its own',
      );
      for (const length of [1, 63, 65, 300]) {
        const headers = { ...delivery.headers, signature: `sig1=:${btoa('s'.repeat(length))}:` };
        const answer = await answerOf(await receiver.fetch(toRequest({ ...delivery, headers })));
        assertSame(answer, REFUSED, `the answer to ${length} bytes`);
      }
    },
  },
  {
    name: 'verify() rejects with an error that is known by its code',
    async run() {
      const { receiver, deliver } = endpoint();
      const event = await receiver.verify(
        toRequest(await deliver({ id: 'evt_1' })) as unknown as WebhookRequest,
      );
      assertSame([event.id, event.type], ['evt_1', 'thing.happened'], 'the event');
      const delivery = await deliver({ timestamp: 0 });
      const error = await receiver
        .verify(toRequest(delivery) as unknown as WebhookRequest)
        .catch((cause) => cause);
      assertSame(isWebhookError(error) && error.code, 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD', 'the code');
    },
  },
];
