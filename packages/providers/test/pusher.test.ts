import { describe, expect, it } from 'vitest';
import { pusher } from '../src/pusher.ts';
import { mac, request, verdictOf, verifierOf } from './support/request.ts';

const BODY = '{"time_ms":1764000000000,"events":[{"name":"channel_vacated","channel":"a"}]}';
const sent = (key: string | undefined, secret: string) =>
  request({
    headers: {
      ...(key !== undefined && { 'x-pusher-key': key }),
      'x-pusher-signature': mac('sha256', secret, 'hex', BODY),
    },
    body: BODY,
  });

const secrets = new Map([
  ['key-1', 'secret-1'],
  ['key-2', 'secret-2'],
]);

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('apps that share an endpoint', () => {
  const chosen = verifierOf(
    pusher({ secret: ({ headers }) => secrets.get(headers.get('x-pusher-key') ?? '') }),
  );
  it.each<[key: string | undefined, secret: string, verdict: string]>([
    ['key-1', 'secret-1', 'accepted'],
    ['key-2', 'secret-2', 'accepted'],
    ['key-1', 'secret-2', MISMATCH],
    ['key-3', 'secret-1', MISMATCH],
    [undefined, 'secret-1', MISMATCH],
    ['__proto__', 'secret-1', MISMATCH],
  ])('are told apart by their key: %s with %s', async (key, secret, verdict) => {
    expect(await verdictOf(chosen, sent(key, secret))).toBe(verdict);
  });

  it('may give all of their secrets, too', async () => {
    const verifier = verifierOf(pusher({ secret: [...secrets.values()] }));
    expect(await verdictOf(verifier, sent('key-2', 'secret-2'))).toBe('accepted');
    expect(await verdictOf(verifier, sent('key-2', 'secret-3'))).toBe(MISMATCH);
  });
});
