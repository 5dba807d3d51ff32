import { describe, expect, it } from 'vitest';
import { ably } from '../src/ably.ts';
import { configurationError, judge, mac, request, verdictOf, verifierOf } from './support/request.ts';

const BODY = '{"items":[{"name":"channel.message"}]}';
const sent = (key: string, name = 'app.key') =>
  request({
    headers: { 'x-ably-key': name, 'x-ably-signature': mac('sha256', key, 'base64', BODY) },
    body: BODY,
  });

describe('the secret', () => {
  it.each([
    ['the whole key', 'app.key:s3cret', 'accepted'],
    ['what stands after its colon', 's3cret', 'accepted'],
    ['another', 'app.key:other', 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
  ])('may be %s', async (_, secret, verdict) => {
    expect(await verdictOf(verifierOf(ably({ secret })), sent('s3cret'))).toBe(verdict);
  });

  it('is no key with its name before it', async () => {
    const verifier = verifierOf(ably({ secret: 'app.key:s3cret' }));
    expect(await verdictOf(verifier, sent('app.key:s3cret'))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });

  it('is not empty behind its colon', () => {
    expect(configurationError(() => ably({ secret: 'app.key:' }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });

  it('is chosen by the name that the delivery bears', async () => {
    const keys = new Map([['app.key', 's3cret']]);
    const verifier = verifierOf(ably({ secret: ({ headers }) => keys.get(headers.get('x-ably-key') ?? '') }));
    expect((await judge(verifier, sent('s3cret'))).event).toMatchObject({ type: '' });
    expect(await verdictOf(verifier, sent('s3cret', 'app.other'))).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
  });
});
