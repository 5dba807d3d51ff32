import { beforeAll, expect, it, vi } from 'vitest';
import * as one from '../src/index.ts';

/** The same package once more, as a program has it that imports and requires. */
let other: typeof one;

beforeAll(async () => {
  vi.resetModules();
  other = await import('../src/index.ts');
});

const thrownBy = (copy: typeof one) =>
  new copy.WebhookError('ERR_WEBHOOK_BODY_TOO_LARGE', 'the body is larger than 5 bytes');

it('really is another copy', () => {
  expect(other.createReceiver).not.toBe(one.createReceiver);
  expect(Object.getPrototypeOf(thrownBy(other))).not.toBe(one.WebhookError.prototype);
});

it('knows the errors of the other copy, by code and by instanceof', () => {
  const error = thrownBy(other);
  expect(one.isWebhookError(error)).toBe(true);
  expect(error instanceof one.WebhookError).toBe(true);
  expect(new other.PermanentError('gone') instanceof one.PermanentError).toBe(true);
});

it('takes nothing else for one of its errors', () => {
  class Stale extends one.WebhookError {}
  class Gone extends one.PermanentError {}
  const named = Object.assign(new Error('no code'), { name: 'WebhookError' });
  for (const stranger of [
    new Error('x'),
    named,
    { name: 'WebhookError', code: 'ERR_WEBHOOK_METHOD' },
    null,
  ]) {
    expect(stranger instanceof one.WebhookError).toBe(false);
    expect(stranger instanceof one.PermanentError).toBe(false);
  }
  expect(new one.PermanentError('gone') instanceof one.WebhookError).toBe(false);
  expect(new one.WebhookError('ERR_WEBHOOK_PERMANENT', 'given up') instanceof one.PermanentError).toBe(false);
  expect(thrownBy(one) instanceof Stale).toBe(false);
  expect(thrownBy(other) instanceof Stale).toBe(false);
  expect(new one.PermanentError('gone') instanceof Gone).toBe(false);
});

it('tells subclasses from each other, and knows them for their parent', () => {
  class Stale extends one.WebhookError {}
  class Renamed extends one.PermanentError {
    // @ts-expect-error the name is fixed; plain JavaScript changes it all the same
    override readonly name = 'Renamed';
  }
  const stale = new Stale('ERR_WEBHOOK_TIMESTAMP_TOO_OLD', 'old');
  expect(stale instanceof Stale).toBe(true);
  expect(stale instanceof one.WebhookError).toBe(true);
  expect(stale instanceof other.WebhookError).toBe(true);
  expect(stale instanceof Renamed).toBe(false);
  expect(new Renamed('gone') instanceof one.PermanentError).toBe(true);
});

/** Signed by one copy's provider. */
const delivery = (body: string, headers: Record<string, string>) => ({
  method: 'POST',
  url: '/',
  headers: new Headers({ 'content-length': String(body.length), ...headers }),
  body: new TextEncoder().encode(body),
});

const tokens = (copy: typeof one) =>
  copy.defineProvider({
    name: 'acme',
    scheme: copy.token({ header: 'x-token' }),
    id: { payload: 'id' },
    type: { payload: 'type' },
  })({ secret: 's3cret' });

it('runs a provider of the other copy, and reads what its handlers say', async () => {
  const receiver = one.createReceiver(tokens(other), {
    logger: false,
    on: {
      ask: () => other.reply({ status: 202, body: 'heard' }),
      never: () => {
        throw new other.PermanentError('never');
      },
    },
  });
  const send = (type: string) =>
    receiver.handle(delivery(JSON.stringify({ id: type, type }), { 'x-token': 's3cret' }));
  expect(await send('ask')).toMatchObject({ status: 202, body: 'heard' });
  expect(await send('never')).toMatchObject({ status: 200 });
});

it('puts the secret where a digest of the other copy has its place', async () => {
  const acme = other.defineProvider({
    name: 'acme',
    scheme: other.digest({
      header: 'x-signature',
      hash: 'sha256',
      encoding: 'hex',
      content: ['body', 'secret'],
    }),
  });
  const receiver = one.createReceiver(acme({ secret: 's3cret' }), { logger: false, store: false });
  // printf '{}s3cret' | sha256sum
  const signature = '668a737ac0a0f092470d9eb1feacfe9b90a84880c13b6ea150d4e97cc379f133';
  const event = await receiver.verify(delivery('{}', { 'x-signature': signature }));
  expect(event.payload).toEqual({});
});

it('lets an error of the other copy through a body as it is', async () => {
  const receiver = one.createReceiver(tokens(one), { logger: false });
  const body = {
    async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
      yield new Uint8Array();
      throw thrownBy(other);
    },
  };
  const request = { method: 'POST', url: '/', headers: new Headers({ 'x-token': 's3cret' }), body };
  await expect(receiver.verify(request)).rejects.toMatchObject({ code: 'ERR_WEBHOOK_BODY_TOO_LARGE' });
});

it('lets no two receivers of one name have one store, whichever copies they are of', () => {
  const store = Object.freeze(one.memoryStore());
  one.createReceiver(tokens(one), { store });
  const again = () => other.createReceiver(tokens(other), { store });
  expect(again).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_CONFIG_NAME_TAKEN' }));
  expect(() => other.createReceiver(tokens(other), { store, name: 'another' })).not.toThrow();
});
