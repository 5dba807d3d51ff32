import { expect, it } from 'vitest';
import { discourse } from '../src/discourse.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-secret';

const signed = (event: string, id: string, body = '{"topic":{"id":1}}') =>
  request({
    headers: {
      'x-discourse-event': event,
      'x-discourse-event-id': id,
      'x-discourse-event-signature': `sha256=${mac('sha256', secret, 'hex', body)}`,
    },
    body,
  });

it('knows a retry, which has an event id of its own, and tells events about one thing apart', async () => {
  const receiver = receiverOf(discourse({ secret }));
  expect(await receiver.receive(signed('topic_created', '1'))).toMatchObject({ kind: 'accepted' });
  expect(await receiver.receive(signed('topic_created', '2'))).toMatchObject({ kind: 'duplicate' });
  expect(await receiver.receive(signed('topic_edited', '3'))).toMatchObject({ kind: 'accepted' });
});
