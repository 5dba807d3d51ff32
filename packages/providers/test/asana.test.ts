import { describe, expect, it, vi } from 'vitest';
import { type AsanaOptions, asana } from '../src/asana.ts';
import { configurationError, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'b537207f20cbfa02357cf448134da559';
const EVENTS = '{"events":[{"action":"changed","resource":{"gid":"2","resource_type":"task"}}]}';
const HEARTBEAT = '{"events":[]}';

const signed = (body: string, key = secret) =>
  request({ headers: { 'x-hook-signature': mac('sha256', key, 'hex', body) }, body });

const asked = (headers: Record<string, string> = { 'x-hook-secret': secret }, method = 'POST') =>
  request({ method, url: '/hooks/1', headers, body: '{}' });

/** A receiver that is being set up, or is not, and what it was handed. */
function settingUp(isPending: AsanaOptions['isPending']) {
  const onSecret = vi.fn();
  const handler = vi.fn();
  const receiver = receiverOf(asana({ secret: () => undefined, isPending, onSecret }), {
    on: { '*': handler },
  });
  return { receiver, onSecret, handler };
}

describe('the handshake', () => {
  it('is answered with its own header while a webhook is being created, and hands its secret over', async () => {
    const { receiver, onSecret, handler } = settingUp(() => true);
    const outcome = await receiver.receive(asked());
    expect(outcome).toMatchObject({ kind: 'handshake', handshake: 'handshake' });
    const { status, headers, body } = await receiver.handle(asked());
    expect({ status, body, header: headers['x-hook-secret'] }).toEqual({
      status: 200,
      body: '',
      header: secret,
    });
    expect(onSecret.mock.calls.map(([taken, { url }]) => [taken, url])).toEqual([
      [secret, '/hooks/1'],
      [secret, '/hooks/1'],
    ]);
    expect(handler).not.toHaveBeenCalled();
  });

  it('is answered when the secret is kept, and not before', async () => {
    const kept: string[] = [];
    const receiver = receiverOf(
      asana({
        secret: () => undefined,
        isPending: async () => true,
        async onSecret(value) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          kept.push(value);
        },
      }),
    );
    expect((await receiver.handle(asked())).status).toBe(200);
    expect(kept).toEqual([secret]);
  });

  it('is not answered when the secret cannot be kept', async () => {
    const onSecret = () => Promise.reject(new Error('the database is down'));
    const receiver = receiverOf(asana({ secret: () => undefined, isPending: () => true, onSecret }));
    const { status, headers } = await receiver.handle(asked());
    expect(status).toBe(500);
    expect(headers['x-hook-secret']).toBeUndefined();
  });

  it.each<[name: string, isPending: NonNullable<AsanaOptions['isPending']>]>([
    ['nothing is pending', () => false],
    ['nothing is pending, as a promise', async () => false],
    ['the answer is only truthy', (() => 'yes') as unknown as () => boolean],
    ['another address is pending', ({ url }) => url === '/hooks/2'],
  ])('is refused while %s', async (_, isPending) => {
    const { receiver, onSecret } = settingUp(isPending);
    const { status, headers, body } = await receiver.handle(asked());
    expect({ status, body }).toEqual({ status: 403, body: '{"error":"handshake_refused"}' });
    expect(headers['x-hook-secret']).toBeUndefined();
    expect(onSecret).not.toHaveBeenCalled();
  });

  it.each([
    ['empty', ''],
    ['too long', 'a'.repeat(1025)],
    ['not printable', 'caf\u00e9'],
  ])('is refused with a secret that is %s', async (_, value) => {
    const { receiver, onSecret } = settingUp(() => true);
    expect((await receiver.handle(asked({ 'x-hook-secret': value }))).status).toBe(403);
    expect(onSecret).not.toHaveBeenCalled();
  });

  it('comes by POST', async () => {
    const { receiver, onSecret } = settingUp(() => true);
    const { status, headers } = await receiver.handle(asked({ 'x-hook-secret': secret }, 'GET'));
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
    expect(onSecret).not.toHaveBeenCalled();
  });

  it('is nothing to who has not opened a set-up', async () => {
    const receiver = receiverOf(asana({ secret }));
    const { status, headers } = await receiver.handle(asked());
    expect(status).toBe(401);
    expect(headers['x-hook-secret']).toBeUndefined();
  });

  it('does not stand in for a signature', async () => {
    const onSecret = vi.fn();
    const receiver = receiverOf(asana({ secret, isPending: () => true, onSecret }));
    const forged = request({
      headers: { 'x-hook-secret': 'a', 'x-hook-signature': mac('sha256', 'a', 'hex', EVENTS) },
      body: EVENTS,
    });
    expect(await receiver.receive(forged)).toMatchObject({ code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH' });
    expect(onSecret).not.toHaveBeenCalled();
  });

  it('and its set-up go together', () => {
    const code = 'ERR_WEBHOOK_CONFIG_OPTION';
    expect(configurationError(() => asana({ secret, isPending: () => true }))).toBe(code);
    expect(configurationError(() => asana({ secret, onSecret: () => {} }))).toBe(code);
  });

  it('makes the key of what follows', async () => {
    const secrets = new Map<string, string>();
    const provider = asana({
      secret: ({ url }) => secrets.get(url),
      isPending: ({ url }) => !secrets.has(url),
      onSecret: (value, { url }) => secrets.set(url, value),
    });
    const receiver = receiverOf(provider);
    const delivery = () => ({ ...signed(EVENTS), url: '/hooks/1' });
    expect(await receiver.receive(delivery())).toMatchObject({ kind: 'rejected' });
    expect((await receiver.handle(asked())).status).toBe(200);
    expect(await receiver.receive(delivery())).toMatchObject({ kind: 'accepted' });
    expect((await receiver.handle(asked({ 'x-hook-secret': 'a-second' }))).status).toBe(403);
    expect(secrets.get('/hooks/1')).toBe(secret);
  });
});

describe('a heartbeat', () => {
  it('is answered, and is no event', async () => {
    const handler = vi.fn();
    const receiver = receiverOf(asana({ secret }), { on: { '*': handler } });
    for (let beat = 0; beat < 2; beat++) {
      expect(await receiver.receive(signed(HEARTBEAT))).toMatchObject({
        kind: 'handshake',
        handshake: 'heartbeat',
        response: { status: 200, body: '' },
      });
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it('is signed like everything else', async () => {
    expect(await verdictOf(verifierOf(asana({ secret })), signed(HEARTBEAT, 'guess'))).toBe(
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    );
  });
});
