import { reply, type WebhookRequest } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { slack } from '../src/slack.ts';
import {
  configurationError,
  judge,
  mac,
  NOW,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const provider = slack({ secret });

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const v0 = (body: string, at: number | string = SECONDS): string =>
  `v0=${mac('sha256', secret, 'hex', `v0:${at}:${body}`)}`;

const unsigned = (body: string, headers: Record<string, string> = {}): WebhookRequest =>
  request({ headers: { 'content-type': FORM_TYPE, ...headers }, body });

const signed = (
  body: string,
  headers: Record<string, string> = {},
  at: number | string = SECONDS,
): WebhookRequest =>
  unsigned(body, { 'x-slack-request-timestamp': String(at), 'x-slack-signature': v0(body, at), ...headers });

const MENTION = JSON.stringify({
  token: 't',
  team_id: 'T1',
  type: 'event_callback',
  event: { type: 'app_mention', user: 'U1', text: 'hi' },
  event_id: 'Ev1',
  event_time: SECONDS,
});

const COMMAND =
  'token=t&team_id=T1&channel_id=C1&user_id=U1&command=%2Fweather&text=94070+today&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1&trigger_id=1.2';

const INTERACTION = {
  type: 'block_actions',
  user: { id: 'U1' },
  actions: [{ action_id: 'a', value: 'café & more' }],
};

const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('the signature', () => {
  const hex = v0(MENTION).slice('v0='.length);
  it.each([
    ['v0', `v0=${hex}`, 'accepted'],
    ['no version', hex, MALFORMED],
    ['another version', `v1=${hex}`, MALFORMED],
    ['hex in capitals', `v0=${hex.toUpperCase()}`, MALFORMED],
    ['two of them', `v0=${hex},v0=${hex}`, MALFORMED],
    [
      'the body alone signed',
      `v0=${mac('sha256', secret, 'hex', MENTION)}`,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
    [
      'a dot between',
      `v0=${mac('sha256', secret, 'hex', `v0.${SECONDS}.${MENTION}`)}`,
      'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ],
  ])('with %s', async (_, signature, verdict) => {
    expect(await verdictOf(verifierOf(provider), signed(MENTION, { 'x-slack-signature': signature }))).toBe(
      verdict,
    );
  });

  it('covers its time, which must be there', async () => {
    const verifier = verifierOf(provider);
    const sent = signed(MENTION);
    (sent.headers as Headers).delete('x-slack-request-timestamp');
    expect(await verdictOf(verifier, sent)).toBe('ERR_WEBHOOK_TIMESTAMP_MISSING');
    const moved = signed(MENTION, { 'x-slack-request-timestamp': String(SECONDS + 1) });
    expect(await verdictOf(verifier, moved)).toBe('ERR_WEBHOOK_SIGNATURE_MISMATCH');
    expect(await verdictOf(verifier, signed(MENTION, {}, NOW))).toBe('ERR_WEBHOOK_TIMESTAMP_TOO_NEW');
    expect(await verdictOf(verifier, signed(MENTION, {}, `${SECONDS}.0`))).toBe(
      'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    );
  });

  it.each(['xoxb-1', 'xoxp-1', 'xapp-1', ''])('has no secret like %j', (wrong) => {
    expect(configurationError(() => slack({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
  });
});

describe('what comes', () => {
  const covered = { id: true, type: true, timestamp: true };
  const interaction = `payload=${encodeURIComponent(JSON.stringify(INTERACTION))}`;
  it.each<[name: string, body: string, event: Record<string, unknown>]>([
    [
      'an event, whose type is the inner one',
      MENTION,
      { id: 'Ev1', type: 'app_mention', payload: JSON.parse(MENTION), signed: covered },
    ],
    [
      'an event without an inner one',
      '{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}',
      { id: undefined, type: 'app_rate_limited', signed: covered },
    ],
    [
      'a slash command, whose type is the command',
      COMMAND,
      {
        type: '/weather',
        payload: { command: '/weather', text: '94070 today', user_id: 'U1' },
        signed: covered,
      },
    ],
    [
      'an interaction, JSON in a form',
      interaction,
      { type: 'block_actions', payload: INTERACTION, signed: covered },
    ],
    [
      'an interaction whose spaces are pluses',
      `payload=${new URLSearchParams({ a: JSON.stringify(INTERACTION) }).toString().slice(2)}`,
      { type: 'block_actions', payload: INTERACTION },
    ],
  ])('%s', async (_, body, event) => {
    const type = body.startsWith('{') ? JSON_TYPE : FORM_TYPE;
    const { event: got } = await judge(verifierOf(provider), signed(body, { 'content-type': type }));
    expect(got).toMatchObject({ provider: 'slack', timestamp: new Date(NOW), ...event });
  });

  it('is read by what was signed, whatever its Content-Type says', async () => {
    const { event } = await judge(verifierOf(provider), signed(COMMAND, { 'content-type': JSON_TYPE }));
    expect(event).toMatchObject({ type: '/weather' });
  });

  it('may be answered', async () => {
    const receiver = receiverOf(provider, {
      on: { '/weather': () => reply({ body: { response_type: 'ephemeral', text: 'Sunny.' } }) },
    });
    const { status, body, headers } = await receiver.handle(signed(COMMAND));
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: { response_type: 'ephemeral', text: 'Sunny.' },
    });
    expect(headers['content-type']).toBe('application/json');
  });

  it('comes again under the same id, later and signed anew', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(signed(MENTION))).toMatchObject({ kind: 'accepted' });
    const retry = signed(
      MENTION,
      { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
      SECONDS + 60,
    );
    expect(await receiver.receive(retry)).toMatchObject({ kind: 'duplicate' });
  });
});

describe('url_verification', () => {
  const question = (challenge: unknown): string =>
    JSON.stringify({ token: 't', challenge, type: 'url_verification' });
  const CHALLENGE = question('3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P');

  it('signed, is answered with its challenge and reaches no handler', async () => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event) } });
    const outcome = await receiver.receive(signed(CHALLENGE));
    expect(outcome).toMatchObject({ kind: 'handshake', handshake: 'url_verification' });
    const { status, headers, body } = await receiver.handle(signed(CHALLENGE));
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: { challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(handled).toEqual([]);
  });

  it('is no event for verify()', async () => {
    expect(await verdictOf(verifierOf(provider), signed(CHALLENGE))).toBe('ERR_WEBHOOK_HANDSHAKE');
  });

  it.each<[name: string, sent: () => WebhookRequest]>([
    ['unsigned', () => unsigned(CHALLENGE, { 'content-type': JSON_TYPE })],
    ['wrongly signed', () => signed(CHALLENGE, { 'x-slack-signature': v0('{}') })],
    ['signed yesterday', () => signed(CHALLENGE, {}, SECONDS - 86_400)],
  ])('%s, is refused and echoes nothing', async (_, sent) => {
    const { status, body } = await receiverOf(provider).handle(sent());
    expect({ status, body }).toEqual({ status: 401, body: '{"error":"signature_invalid"}' });
  });

  it.each<[name: string, challenge: unknown, status: number]>([
    ['of 1024 characters', 'c'.repeat(1024), 200],
    ['of 1025', 'c'.repeat(1025), 403],
    ['that is empty', '', 403],
    ['that is not there', undefined, 403],
    ['that is a number', 1, 403],
    ['that is an object', { a: 1 }, 403],
    ['with a line break', 'a\nb', 403],
    ['beyond ASCII', 'é', 403],
  ])('with a challenge %s', async (_, challenge, status) => {
    expect((await receiverOf(provider).handle(signed(question(challenge)))).status).toBe(status);
  });
});

describe('ssl_check', () => {
  it.each([
    ['as Slack sends it', 'ssl_check=1&token=xyzz0WbapA4vBCDEFasx0q6G', 200],
    ['without a token', 'ssl_check=1', 200],
    ['with a command', 'ssl_check=1&token=t&command=%2Fdelete', 401],
    ['with an event', `ssl_check=1&token=t&payload=${encodeURIComponent(MENTION)}`, 401],
    ['that says no', 'ssl_check=0&token=t', 401],
    ['twice', 'ssl_check=1&ssl_check=1', 401],
    ['under another name', 'SSL_CHECK=1&token=t', 401],
    ['with a token of a kilobyte', `ssl_check=1&token=${'t'.repeat(1024)}`, 401],
    ['as JSON', '{"ssl_check":"1"}', 401],
    ['in nothing', '', 401],
  ])('%s', async (_, body, status) => {
    const handled: unknown[] = [];
    const receiver = receiverOf(provider, { on: { '*': (event) => handled.push(event) } });
    const response = await receiver.handle(unsigned(body));
    expect(response).toMatchObject({ status, body: status === 200 ? '' : '{"error":"signature_invalid"}' });
    expect(handled).toEqual([]);
  });

  it('with a command is that command when it is signed', async () => {
    const { event } = await judge(verifierOf(provider), signed('ssl_check=1&token=t&command=%2Fdelete'));
    expect(event).toMatchObject({ type: '/delete' });
  });

  it('is no event for verify()', async () => {
    expect(await verdictOf(verifierOf(provider), unsigned('ssl_check=1&token=t'))).toBe(
      'ERR_WEBHOOK_HANDSHAKE',
    );
  });

  it('comes by POST', async () => {
    const got = await receiverOf(provider).handle(request({ method: 'GET', url: '/hook?ssl_check=1' }));
    expect(got).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });
});
