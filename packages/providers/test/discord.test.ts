import { reply } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { discord } from '../src/discord.ts';
import {
  configurationError,
  ed25519,
  judge,
  NOW,
  OTHER_PUBLIC_KEY,
  OTHER_SEED,
  PUBLIC_KEY,
  receiverOf,
  request,
  SECONDS,
  SEED,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const provider = discord({ publicKey: PUBLIC_KEY });

const signature = (body: string, at: number | string = SECONDS, seed = SEED): string =>
  ed25519(seed, String(at), body).toString('hex');

const delivery = (body: unknown, headers: Record<string, string> = {}, at: number | string = SECONDS) => {
  const text = JSON.stringify(body);
  return request({
    headers: { 'x-signature-timestamp': String(at), 'x-signature-ed25519': signature(text, at), ...headers },
    body: text,
  });
};

const COMMAND = {
  id: '846462639134605312',
  application_id: '1',
  type: 2,
  token: 't',
  data: { name: 'cardsearch' },
};
const PING = { id: '1', application_id: '1', type: 1, token: 't', version: 1 };
const EVENT_PING = { version: 1, application_id: '1', type: 0 };
const EVENT = {
  version: 1,
  application_id: '1',
  type: 1,
  event: {
    type: 'APPLICATION_AUTHORIZED',
    timestamp: '2025-11-24T16:00:00.000000',
    data: { user: { id: '2' } },
  },
};

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('handshakes', () => {
  it.each([
    ['a PING is answered with PONG', PING, { status: 200, body: '{"type":1}' }, 'ping'],
    ["an event's PING is answered with 204", EVENT_PING, { status: 204, body: '' }, 'event_ping'],
  ])('%s, and reaches no handler', async (_, body, answer, handshake) => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event) } });
    expect(await receiver.receive(delivery(body))).toMatchObject({ kind: 'handshake', handshake });
    expect(await receiver.handle(delivery(body))).toMatchObject(answer);
    expect(await verdictOf(verifierOf(provider), delivery(body))).toBe('ERR_WEBHOOK_HANDSHAKE');
    expect(handled).toEqual([]);
  });

  it.each<[name: string, body: unknown, headers: Record<string, string>]>([
    ['a PING under a wrong signature', PING, { 'x-signature-ed25519': signature('{}') }],
    ['a PING under no signature at all', PING, { 'x-signature-ed25519': '' }],
    ["an event's PING under a wrong signature", EVENT_PING, { 'x-signature-ed25519': signature('{}') }],
    ['a command under a wrong signature', COMMAND, { 'x-signature-ed25519': signature('{}') }],
    ['a PING signed for another time', PING, { 'x-signature-timestamp': String(SECONDS - 1) }],
  ])('%s is answered with 401: Discord tries this on purpose', async (_, body, headers) => {
    expect(await receiverOf(provider).handle(delivery(body, headers))).toMatchObject({
      status: 401,
      body: '{"error":"signature_invalid"}',
    });
  });
});

describe('the signature', () => {
  const text = JSON.stringify(COMMAND);
  const right = signature(text);
  it.each([
    ['right', right, 'accepted'],
    ["another application's", signature(text, SECONDS, OTHER_SEED), MISMATCH],
    ['of the body alone', ed25519(SEED, text).toString('hex'), MISMATCH],
    ['with a dot between', ed25519(SEED, `${SECONDS}.${text}`).toString('hex'), MISMATCH],
    ['cut short by a byte', right.slice(0, -2), MALFORMED],
    ['cut short by a digit', right.slice(0, -1), MALFORMED],
    ['with more behind it', `${right}00`, MALFORMED],
    ['that is no hex', right.replace(/.$/, 'g'), MALFORMED],
    ['in base64', ed25519(SEED, `${SECONDS}${text}`).toString('base64'), MALFORMED],
    ['with 0x before it', `0x${right}`, MALFORMED],
    ['of zeros', '0'.repeat(128), MISMATCH],
  ])('%s', async (_, sent, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(COMMAND, { 'x-signature-ed25519': sent }))).toBe(
      verdict,
    );
  });

  it.each([
    ['milliseconds', String(NOW), 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'],
    ['a fraction', `${SECONDS}.5`, 'ERR_WEBHOOK_TIMESTAMP_MALFORMED'],
  ])('of %s, rightly signed, does not hold', async (_, at, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(COMMAND, {}, at))).toBe(verdict);
  });

  it('has nothing between time and body, and a digit that moves makes the time an old one', async () => {
    const time = String(SECONDS);
    const moved = request({
      headers: { 'x-signature-timestamp': time.slice(0, -1), 'x-signature-ed25519': right },
      body: time.slice(-1) + text,
    });
    expect(await verdictOf(verifierOf(provider), moved)).toBe('ERR_WEBHOOK_TIMESTAMP_TOO_OLD');
  });

  it('needs its time', async () => {
    const sent = delivery(COMMAND);
    (sent.headers as Headers).delete('x-signature-timestamp');
    expect(await verdictOf(verifierOf(provider), sent)).toBe('ERR_WEBHOOK_TIMESTAMP_MISSING');
  });
});

describe('the public key', () => {
  it.each<[name: string, publicKey: string | Uint8Array | string[]]>([
    ['in hex', PUBLIC_KEY],
    ['in capitals', PUBLIC_KEY.toUpperCase()],
    ['as bytes', new Uint8Array(Buffer.from(PUBLIC_KEY, 'hex'))],
    ['beside that of another application', [OTHER_PUBLIC_KEY, PUBLIC_KEY]],
  ])('%s', async (_, publicKey) => {
    expect(await verdictOf(verifierOf(discord({ publicKey })), delivery(COMMAND))).toBe('accepted');
  });

  it.each([
    ['empty', ''],
    ['cut short', PUBLIC_KEY.slice(2)],
    ['longer', `${PUBLIC_KEY}00`],
    ['no hex', PUBLIC_KEY.replace(/.$/, 'g')],
    ['in base64', Buffer.from(PUBLIC_KEY, 'hex').toString('base64')],
    ['with a newline', `${PUBLIC_KEY}\n`],
    ['a bot token', 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs'],
    ['an unset variable', undefined],
  ])('cannot be %s', (_, publicKey) => {
    expect(configurationError(() => discord({ publicKey }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('an event', () => {
  it('of an interaction has the number of its type', async () => {
    expect((await judge(verifierOf(provider), delivery(COMMAND))).event).toMatchObject({
      id: '846462639134605312',
      type: '2',
      payload: COMMAND,
      signed: { id: true, type: true, timestamp: true },
    });
  });

  it('of an application has the name of its type, though its outer type is that of a PING', async () => {
    const handled: string[] = [];
    const receiver = receiverOf(provider, {
      on: { APPLICATION_AUTHORIZED: ({ type }) => handled.push(type) },
    });
    expect(await receiver.receive(delivery(EVENT))).toMatchObject({
      kind: 'accepted',
      event: { type: 'APPLICATION_AUTHORIZED', payload: EVENT },
    });
    expect(handled).toEqual(['APPLICATION_AUTHORIZED']);
  });

  it('is answered with nothing, unless a handler says more', async () => {
    expect(await receiverOf(provider).handle(delivery(COMMAND))).toMatchObject({ status: 204, body: '' });
    const answer = { type: 4, data: { content: 'Found it.' } };
    const receiver = receiverOf(provider, { on: { 2: () => reply({ body: answer }) } });
    const { status, headers, body } = await receiver.handle(delivery(COMMAND));
    expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: answer });
    expect(headers['content-type']).toBe('application/json');
  });

  it('of an interaction is known by its id', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(delivery(COMMAND))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(COMMAND, {}, SECONDS + 1))).toMatchObject({ kind: 'duplicate' });
  });
});
