import { expect, it } from 'vitest';
import { assemblyai } from '../src/assemblyai.ts';
import { configurationError, receiverOf, request } from './support/request.ts';

const secret = 'a-value-of-mine';

it.each([
  ['x-my-secret', secret, 200],
  ['x-my-secret', 'guess', 401],
  ['authorization', secret, 401],
])('with %s: %s is answered with %s', async (name, value, status) => {
  const receiver = receiverOf(assemblyai({ secret, header: 'X-My-Secret' }));
  const sent = request({ body: '{"transcript_id":"t1","status":"completed"}', headers: { [name]: value } });
  expect(await receiver.handle(sent)).toMatchObject({ status });
});

it.each([undefined, '', 'a b', 'ä:'])('cannot have the header %j', (header) => {
  expect(configurationError(() => assemblyai({ secret, header: header as string }))).toBe(
    'ERR_WEBHOOK_CONFIG_OPTION',
  );
});
