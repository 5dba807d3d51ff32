import { expect, it } from 'vitest';
import { persona } from '../src/persona.ts';
import { judge, mac, request, SECONDS, verifierOf } from './support/request.ts';

const secret = 'wbhsec_new';
const BODY = '{"data":{"id":"evt_1","attributes":{"name":"inquiry.completed"}}}';

const group = (key: string, at: number, signed = at): string =>
  `t=${at},v1=${mac('sha256', key, 'hex', `${signed}.${BODY}`)}`;

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const OLD = SECONDS - 3600;

it.each([
  ['one group', group(secret, SECONDS), 'accepted'],
  ['two, the second right', `${group('wbhsec_old', SECONDS - 1)} ${group(secret, SECONDS)}`, 'accepted'],
  ['two, the first right', `${group(secret, SECONDS)} ${group('wbhsec_old', SECONDS - 1)}`, 'accepted'],
  ['two wrong ones', `${group('a', SECONDS)} ${group('b', SECONDS)}`, MISMATCH],
  ["a signature beside the other's time", `${group(secret, OLD, SECONDS)} ${group('a', SECONDS)}`, MISMATCH],
  [
    'an old time beside a new one',
    `${group(secret, OLD)} ${group('a', SECONDS)}`,
    'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
  ],
  ['two times in one group', `t=${OLD},${group(secret, SECONDS)}`, MALFORMED],
  ['groups joined by a comma', `${group('a', SECONDS)},${group(secret, SECONDS)}`, MALFORMED],
  ['groups joined by two spaces', `${group('a', SECONDS)}  ${group(secret, SECONDS)}`, MALFORMED],
])('%s', async (_, header, verdict) => {
  const { event, code } = await judge(
    verifierOf(persona({ secret })),
    request({ headers: { 'persona-signature': header }, body: BODY }),
  );
  expect(code ?? 'accepted').toBe(verdict);
  if (event)
    expect(event).toMatchObject({
      id: 'evt_1',
      type: 'inquiry.completed',
      timestamp: new Date(SECONDS * 1000),
    });
});
