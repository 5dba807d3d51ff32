import { expect, it } from 'vitest';
import { recallAi } from '../src/recall-ai.ts';
import { judge, mac, request, SECONDS, verdictOf, verifierOf } from './support/request.ts';

const KEY = Buffer.from('31c29cf6bf0618aab4f1a8c24b1c35a8', 'hex');
const provider = recallAi({ secret: `whsec_${KEY.toString('base64')}` });
const BODY = '{"event":"bot.done","data":{}}';

const headers = (brand: string, key: Uint8Array = KEY): Record<string, string> => ({
  [`${brand}-id`]: 'msg_1',
  [`${brand}-timestamp`]: String(SECONDS),
  [`${brand}-signature`]: `v1,${mac('sha256', key, 'base64', `msg_1.${SECONDS}.${BODY}`)}`,
});

it.each(['webhook', 'svix'])('comes under %s-* headers', async (brand) => {
  const { event } = await judge(verifierOf(provider), request({ headers: headers(brand), body: BODY }));
  expect(event).toMatchObject({ id: 'msg_1', type: 'bot.done', signed: { id: true, type: true } });
});

it('is not rescued by the older headers', async () => {
  const sent = { ...headers('webhook', Buffer.from('another key')), ...headers('svix') };
  expect(await verdictOf(verifierOf(provider), request({ headers: sent, body: BODY }))).toBe(
    'ERR_WEBHOOK_SIGNATURE_MISMATCH',
  );
});
