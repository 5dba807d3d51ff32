import { expect, it } from 'vitest';
import { buildkite } from '../src/buildkite.ts';
import {
  configurationError,
  judge,
  mac,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const token = '7e3a1c5f9b2d4e6a8c0f1b3d5e7a9c2f';
const BODY = '{"event":"build.finished","build":{"id":"b1"}}';

const signature = (key = token): Record<string, string> => ({
  'x-buildkite-signature': `timestamp=${SECONDS},signature=${mac('sha256', key, 'hex', `${SECONDS}.${BODY}`)}`,
});
const inClear = { 'x-buildkite-token': token };
const sent = (headers: Record<string, string>) =>
  request({ headers: { 'x-buildkite-event': 'build.finished', ...headers }, body: BODY });

const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

it.each<
  [name: string, options: Parameters<typeof buildkite>[0], headers: Record<string, string>, verdict: string]
>([
  ['a signature where one is expected', { secret: token }, signature(), 'accepted'],
  ['the token in clear where a signature is expected', { secret: token }, inClear, MISSING],
  ['the token where it is expected', { token }, inClear, 'accepted'],
  ['another token', { token }, { 'x-buildkite-token': 'x' }, MISMATCH],
  ['a signature where the token is expected', { token }, signature(), MISSING],
  ['either where both are expected: a signature', { secret: token, token }, signature(), 'accepted'],
  ['either where both are expected: the token', { secret: token, token }, inClear, 'accepted'],
  [
    'a wrong signature beside the right token',
    { secret: token, token },
    { ...signature('x'), ...inClear },
    MISMATCH,
  ],
])('%s', async (_, options, headers, verdict) => {
  expect(await verdictOf(verifierOf(buildkite(options)), sent(headers))).toBe(verdict);
});

it('says what a signature covers and a token does not', async () => {
  const bySignature = await judge(verifierOf(buildkite({ secret: token })), sent(signature()));
  expect(bySignature.event).toMatchObject({
    type: 'build.finished',
    signed: { type: true, timestamp: true },
  });
  const byToken = await judge(verifierOf(buildkite({ token })), sent(inClear));
  expect(byToken.event).toMatchObject({
    type: 'build.finished',
    signed: { id: false, type: false, timestamp: false },
  });
});

it('needs one of the two', () => {
  expect(configurationError(() => buildkite({} as never))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
