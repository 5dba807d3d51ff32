import { describe, expect, it } from 'vitest';
import { docusign } from '../src/docusign.ts';
import { judge, mac, request, verdictOf, verifierOf } from './support/request.ts';

const BODY = '{"event":"envelope-completed","retryCount":0,"data":{"envelopeId":"e1"}}';
const sign = (key: string) => mac('sha256', key, 'base64', BODY);

/** Signatures of these keys, under the numbers that they stand at. */
const numbered = (keys: readonly string[], first = 1) =>
  request({
    headers: Object.fromEntries(
      keys.map((key, index) => [`x-docusign-signature-${index + first}`, sign(key)]),
    ),
    body: BODY,
  });

const MISMATCH = 'ERR_WEBHOOK_SIGNATURE_MISMATCH';
const MISSING = 'ERR_WEBHOOK_SIGNATURE_MISSING';

const others = Array.from({ length: 15 }, (_, index) => `other-${index}`);

describe('every active key signs under a header of its own', () => {
  it.each<[name: string, keys: readonly string[], first: number, verdict: string]>([
    ['the first', ['ours', 'other'], 1, 'accepted'],
    ['the second', ['other', 'ours'], 1, 'accepted'],
    ['the third, where the first two are gone', ['ours'], 3, 'accepted'],
    ['the sixteenth', [...others, 'ours'], 1, 'accepted'],
    ['none of them', ['other', 'another'], 1, MISMATCH],
    ['the hundredth', ['ours'], 100, MISSING],
    ['number nought', ['ours'], 0, MISSING],
  ])('ours is %s', async (_, keys, first, verdict) => {
    expect(await verdictOf(verifierOf(docusign({ secret: 'ours' })), numbered(keys, first))).toBe(verdict);
  });

  it('so that one may be changed for another on either side', async () => {
    const secret = [
      { id: 'new', value: 'n' },
      { id: 'old', value: 'o' },
    ];
    const verifier = verifierOf(docusign({ secret }));
    expect((await judge(verifier, numbered(['o']))).event).toMatchObject({ secretId: 'old' });
    expect((await judge(verifier, numbered(['x', 'n']))).event).toMatchObject({ secretId: 'new' });
  });

  it('and one that is misspelt does not spoil the other', async () => {
    const headers = { 'x-docusign-signature-1': 'none!', 'x-docusign-signature-2': sign('ours') };
    const verifier = verifierOf(docusign({ secret: 'ours' }));
    expect(await verdictOf(verifier, request({ headers, body: BODY }))).toBe('accepted');
  });
});
