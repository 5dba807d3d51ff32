import { PermanentError, type Reaction, type Reactions, type WebhookResponse } from '@countersign/core';
import { describe, expect, it } from 'vitest';
import { sign } from '../../testing/src/index.ts';
import { factoryOf, files } from './support/catalogue.ts';
import { NOW, receiverOf, request } from './support/request.ts';
import { signOptionsOf } from './support/sample.ts';
import { samplesOf } from './support/samples.ts';

/** What the sender does with this answer: the most specific pattern of its record decides. */
const reactionTo = (reactions: Reactions, { status }: WebhookResponse): Reaction | undefined =>
  reactions[`${status}`] ?? reactions[`${Math.floor(status / 100)}xx` as '2xx'];

const isSigned = (file: string) =>
  samplesOf(file)[0] !== undefined && samplesOf(file)[0]?.unsigned === undefined;

/** Answers a genuine delivery of this provider while its handler does as told. */
async function answered(file: string, handler: () => unknown): Promise<WebhookResponse> {
  const [sample = { options: {} }] = samplesOf(file);
  const provider = factoryOf(file)(sample.options);
  const receiver = receiverOf(provider, { on: { '*': handler } });
  return receiver.handle(
    request(await sign(provider, { timestamp: NOW, ...sample.event }, signOptionsOf(sample))),
  );
}

const known = files.filter((file) => isSigned(file)).map((file) => [file] as const);

describe.each(known)('what %s does with our answers', (file) => {
  const reactionsOf = (): Reactions | undefined =>
    factoryOf(file)(samplesOf(file)[0]?.options ?? {}).reactions;

  it('takes an event that was handled as delivered', async () => {
    const response = await answered(file, () => undefined);
    expect(response.status).toBeGreaterThanOrEqual(200);
    expect(response.status).toBeLessThan(300);
    expect([undefined, 'done']).toContain(reactionTo(reactionsOf() ?? {}, response));
  });

  it('is never made to switch the endpoint off, or to drop what it would send again', async () => {
    const response = await answered(file, () => {
      throw new Error('for now');
    });
    expect(response.status).toBe(500);
    // A sender that never tries again drops whatever is not taken: no answer changes that.
    const { '5xx': last, timeout = last } = reactionsOf() ?? {};
    const expected = timeout === 'drop' ? ['drop', undefined] : ['retry', undefined];
    expect(expected).toContain(reactionTo(reactionsOf() ?? {}, response));
  });

  it('stops for an event that is given up for good', async () => {
    const response = await answered(file, () => {
      throw new PermanentError('for ever');
    });
    expect([undefined, 'done', 'drop']).toContain(reactionTo(reactionsOf() ?? {}, response));
  });
});
