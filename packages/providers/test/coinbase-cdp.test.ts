import { describe, expect, it } from 'vitest';
import { coinbaseCdp } from '../src/coinbase-cdp.ts';
import { judge, mac, receiverOf, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-subscription-secret';
const provider = coinbaseCdp({ secret });

const BODY = '{"eventType":"onchain.activity.detected"}';
const HEADERS: Record<string, string> = {
  'content-type': 'application/json',
  'x-event-id': '6a1b7c1e',
  'x-event-type': 'onchain.activity.detected',
};
const LIST = 'content-type x-event-id x-event-type';

const v0 = (key = secret): string => mac('sha256', key, 'hex', `${SECONDS}.${BODY}`);
const v1 = (list = LIST, headers = HEADERS, key = secret): string => {
  const values = list.split(' ').map((name) => headers[name.toLowerCase()] ?? '');
  return mac('sha256', key, 'hex', `${SECONDS}.${list}.${values.join('.')}.${BODY}`);
};

const delivery = (signature: string, headers: Record<string, string> = {}) =>
  request({ headers: { ...HEADERS, ...headers, 'x-hook0-signature': signature }, body: BODY });

const T = `t=${SECONDS}`;
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';

describe('the signature', () => {
  it.each([
    ['v1', `${T},h=${LIST},v1=${v1()}`, 'accepted'],
    ['v1 in another order of its parts', `v1=${v1()},h=${LIST},${T}`, 'accepted'],
    ['v0 alone', `${T},v0=${v0()}`, 'accepted'],
    ['both right', `${T},v0=${v0()},h=${LIST},v1=${v1()}`, 'accepted'],
    ['v1 right, v0 wrong', `${T},v0=${v0('x')},h=${LIST},v1=${v1()}`, 'accepted'],
    ['v1 wrong, v0 right', `${T},v0=${v0()},h=${LIST},v1=${v1(LIST, HEADERS, 'x')}`, MISMATCH],
    ['v1 no hex, v0 right', `${T},v0=${v0()},h=${LIST},v1=zz`, MISMATCH],
    ['v1 empty, v0 right', `${T},v0=${v0()},h=${LIST},v1=`, MISMATCH],
    ['v1 empty before it, v0 right', `v1=,${T},v0=${v0()}`, MISMATCH],
    ['v1 without a list, v0 right', `${T},v0=${v0()},v1=${v1()}`, MALFORMED],
    ['an empty list', `${T},h=,v1=${v1('', {})}`, MALFORMED],
    ['two lists', `${T},h=${LIST},h=content-type,v1=${v1()}`, MALFORMED],
    ['two times', `${T},t=${SECONDS + 1},h=${LIST},v1=${v1()}`, MALFORMED],
    ['a list in another order', `${T},h=x-event-id content-type x-event-type,v1=${v1()}`, MISMATCH],
    ['a shorter list', `${T},h=content-type x-event-id,v1=${v1()}`, MISMATCH],
    [
      'two spaces in the list',
      `${T},h=content-type  x-event-id,v1=${v1('content-type  x-event-id')}`,
      MALFORMED,
    ],
    ['a list that names what no header is called', `${T},h=a:b,v1=${v1('a:b')}`, MALFORMED],
    ['v1 in the place of v0', `${T},v0=${v1()}`, MISMATCH],
    ['v0 in the place of v1', `${T},h=${LIST},v1=${v0()}`, MISMATCH],
    ['a space after the comma', `${T}, h=${LIST}, v1=${v1()}`, MALFORMED],
  ])('%s', async (_, signature, verdict) => {
    expect(await verdictOf(verifierOf(provider), delivery(signature))).toBe(verdict);
  });

  it.each(['content-type', 'x-event-id', 'x-event-type'])('covers %s, which must be there', async (name) => {
    const signature = `${T},h=${LIST},v1=${v1()}`;
    const verifier = verifierOf(provider);
    expect(await verdictOf(verifier, delivery(signature, { [name]: 'changed' }))).toBe(MISMATCH);
    const sent = delivery(signature);
    (sent.headers as Headers).delete(name);
    expect(await verdictOf(verifier, sent)).toBe(MALFORMED);
  });

  // Three cases of Hook0's corpus (clients/conformance/signature.json) at Unix second 1800000000.
  it.each([
    [
      'a second too old',
      't=1799999699,v0=4168cc6c683357e103055b48584715f12e2baa4e679b8e076254247f11edf34d',
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
    ],
    [
      'a second too far ahead',
      't=1800000301,v0=ba4b79e449ae52edb505b6baa07380be2baa6e0c4c6fec3b9a01c85d47a4935f',
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
    ],
    [
      'at the edge',
      't=1799999700,v0=f9689580483e051113d28de23c1658c509da2b00e7bc15a5aaa83b8bdf83ff81',
      'accepted',
    ],
  ])('%s', async (_, signature, verdict) => {
    const verifier = verifierOf(provider, { now: () => 1_800_000_000_000 });
    const sent = request({ headers: { 'x-hook0-signature': signature }, body: '{"event":"user.created"}' });
    expect(await verdictOf(verifier, sent)).toBe(verdict);
  });
});

describe('an event', () => {
  const said = { id: '6a1b7c1e', type: 'onchain.activity.detected' };
  it.each<[name: string, signature: string, id: boolean, type: boolean]>([
    ['under v1 has what its list names covered', `${T},h=${LIST},v1=${v1()}`, true, true],
    ['and nothing else', `${T},h=x-event-id content-type,v1=${v1('x-event-id content-type')}`, true, false],
    ['in whatever case', `${T},h=X-Event-Id,v1=${v1('X-Event-Id')}`, true, false],
    ['under v0 has neither', `${T},v0=${v0()}`, false, false],
    [
      'has neither where a dot in one makes their border uncertain',
      `${T},h=x-event-type x-event-id,v1=${v1('x-event-type x-event-id')}`,
      false,
      false,
    ],
  ])('%s', async (_, signature, id, type) => {
    const { event } = await judge(verifierOf(provider), delivery(signature));
    expect(event).toMatchObject({ ...said, signed: { id, type, timestamp: true } });
  });

  it('does not pass its type off as its id', async () => {
    // The same signed text, cut elsewhere.
    const moved = {
      'content-type': 'application/json.6a1b7c1e',
      'x-event-id': 'onchain',
      'x-event-type': 'activity.detected',
    };
    const { event } = await judge(verifierOf(provider), delivery(`${T},h=${LIST},v1=${v1()}`, moved));
    expect(event?.signed).toEqual({ id: false, type: false, timestamp: true });
  });

  it('is known again by its id', async () => {
    const receiver = receiverOf(provider);
    expect(await receiver.receive(delivery(`${T},h=${LIST},v1=${v1()}`))).toMatchObject({ kind: 'accepted' });
    expect(await receiver.receive(delivery(`${T},h=${LIST},v1=${v1()}`))).toMatchObject({
      kind: 'duplicate',
    });
  });
});
