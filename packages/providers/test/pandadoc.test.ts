import { describe, expect, it } from 'vitest';
import { pandadoc } from '../src/pandadoc.ts';
import { judge, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'a-shared-key';
const BODY = '[{"event":"document_state_changed","data":{"id":"d1"}}]';
const right = mac('sha256', secret, 'hex', BODY);

const sent = (query: string, body: string | Uint8Array = BODY) =>
  request({ url: `/webhooks/pandadoc${query}`, body });

const verifier = verifierOf(pandadoc({ secret }));

const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';
const MALFORMED = 'ERR_WEBHOOK_SIGNATURE_MALFORMED';
const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';

describe('the signature in the query', () => {
  it.each<[name: string, query: string, verdict: string]>([
    ['is good', `?signature=${right}`, 'accepted'],
    ['is good beside other parameters', `?tenant=1&signature=${right}&x=y`, 'accepted'],
    ['is missing', '', MISSING],
    ['is under another name', `?Signature=${right}`, MISSING],
    ['stands in the fragment', `#?signature=${right}`, MISSING],
    ['is there twice', `?signature=${right}&signature=${right}`, MISSING],
    ['is empty', '?signature=', MALFORMED],
    ['is the placeholder', '?signature={signature}', MALFORMED],
    ['is cut short', `?signature=${right.slice(0, -2)}`, MALFORMED],
    ['is upper case', `?signature=${right.toUpperCase()}`, MALFORMED],
    ['is another', `?signature=${mac('sha256', 'guess', 'hex', BODY)}`, MISMATCH],
    ['is very long', `?signature=${right.padEnd(9000, '0')}`, MALFORMED],
  ])('%s', async (_, query, verdict) => {
    expect(await verdictOf(verifier, sent(query))).toBe(verdict);
  });

  it('covers every byte of the body', async () => {
    const bytes = new TextEncoder().encode(BODY);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect(await verdictOf(verifier, sent(`?signature=${right}`, changed)), `byte ${at}`).toBe(MISMATCH);
    }
  });

  it('is not looked for in a header', async () => {
    const headers = { signature: right, 'x-pandadoc-signature': right };
    expect(await verdictOf(verifier, request({ headers, body: BODY }))).toBe(MISSING);
  });
});

it('has no type and no id: it is a list, known by its content', async () => {
  const { event } = await judge(verifier, sent(`?signature=${right}`));
  expect(event).toMatchObject({ id: undefined, type: '', payload: JSON.parse(BODY) });
  const receiver = receiverOf(pandadoc({ secret }));
  expect(await receiver.receive(sent(`?signature=${right}`))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(sent(`?a=b&signature=${right}`))).toMatchObject({ kind: 'duplicate' });
});
