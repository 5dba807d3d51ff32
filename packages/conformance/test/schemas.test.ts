import { createReceiver, type WebhookEvent } from '@countersign/core';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { sign, toRequest } from '@countersign/testing';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';

interface Invoice {
  amount: number;
  paid: boolean;
}

/** Each fills in what is not there: its output becomes the payload, not what it was given. */
const schemas = {
  zod: z.object({ amount: z.number(), paid: z.boolean().default(true) }),
  valibot: v.object({ amount: v.number(), paid: v.optional(v.boolean(), true) }),
  arktype: type({ amount: 'number', paid: 'boolean = true' }),
};

const provider = standardWebhooks({ secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' });
const delivered = async (payload: unknown) =>
  toRequest(await sign(provider, { type: 'invoice.paid', payload: payload as object }));

describe.each(Object.entries(schemas))('a schema of %s', (_, schema) => {
  const receiver = createReceiver(provider, {
    schemas: { 'invoice.paid': schema },
    store: false,
    logger: false,
  });

  it('makes the payload', async () => {
    const event = await receiver.verify(await delivered({ amount: 5 }));
    expect(event.payload).toMatchObject({ amount: 5, paid: true });
  });

  it('refuses a payload by the path of its fault, without its text', async () => {
    const refusal = receiver.verify(await delivered({ amount: 'a-private-text' }));
    await expect(refusal).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
      message: expect.stringMatching(/^(?=.*amount)(?!.*private)/),
    });
  });
});

it('types the payload by the output of each', () => {
  const options = { store: false, logger: false } as const;
  const zod = createReceiver(provider, { ...options, schemas: { 'invoice.paid': schemas.zod } });
  const valibot = createReceiver(provider, { ...options, schemas: { 'invoice.paid': schemas.valibot } });
  const arktype = createReceiver(provider, { ...options, schemas: { 'invoice.paid': schemas.arktype } });
  type Paid = Promise<WebhookEvent<'invoice.paid', Invoice>>;
  expectTypeOf(zod.verify).returns.toEqualTypeOf<Paid>();
  expectTypeOf(valibot.verify).returns.toEqualTypeOf<Paid>();
  expectTypeOf(arktype.verify).returns.toEqualTypeOf<Paid>();
});
