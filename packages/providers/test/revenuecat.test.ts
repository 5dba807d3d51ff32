import { expect, it } from 'vitest';
import { revenuecat } from '../src/revenuecat.ts';
import {
  configurationError,
  judge,
  mac,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'a-signing-secret';
const authorization = 'Bearer a-token-of-ours';
const BODY = '{"api_version":"1.0","event":{"id":"e1","type":"RENEWAL"}}';

const v1 = (key = secret): string => mac('sha256', key, 'hex', `${SECONDS}.${BODY}`);
const signature = (...keys: string[]): Record<string, string> => ({
  'x-revenuecat-webhook-signature': [`t=${SECONDS}`, ...keys.map((key) => `v1=${v1(key)}`)].join(','),
});
const sent = (headers: Record<string, string>) => request({ headers, body: BODY });

const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

it.each<
  [name: string, options: Parameters<typeof revenuecat>[0], headers: Record<string, string>, verdict: string]
>([
  ['a signature where one is expected', { secret }, signature(secret), 'accepted'],
  ['two in a rotation', { secret }, signature('new', secret), 'accepted'],
  ['Authorization alone where a signature is expected', { secret }, { authorization }, MISSING],
  ['Authorization where it is expected', { authorization }, { authorization }, 'accepted'],
  ['Authorization without its first word', { authorization }, { authorization: 'a-token-of-ours' }, MISMATCH],
  ['nothing', { authorization }, {}, MISSING],
  ['a wrong signature beside it', { secret, authorization }, { ...signature('x'), authorization }, MISMATCH],
  ['both right', { secret, authorization }, { ...signature(secret), authorization }, 'accepted'],
  // RevenueCat sends both once signing is on: which of them counts is settled by what is there.
  [
    'a right signature beside another Authorization',
    { secret, authorization },
    { ...signature(secret), authorization: 'x' },
    'accepted',
  ],
])('%s', async (_, options, headers, verdict) => {
  expect(await verdictOf(verifierOf(revenuecat(options)), sent(headers))).toBe(verdict);
});

it('says what a signature covers and a header does not', async () => {
  const signed = await judge(verifierOf(revenuecat({ secret })), sent(signature(secret)));
  expect(signed.event).toMatchObject({
    id: 'e1',
    type: 'RENEWAL',
    signed: { id: true, type: true, timestamp: true },
  });
  const asserted = await judge(verifierOf(revenuecat({ authorization })), sent({ authorization }));
  expect(asserted.event).toMatchObject({ id: 'e1', signed: { id: false, type: false, timestamp: false } });
});

it('needs one of the two', () => {
  expect(configurationError(() => revenuecat({} as never))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
