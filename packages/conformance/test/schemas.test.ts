import { createReceiver, type StandardSchemaV1, type WebhookEvent } from '@countersign/core';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import { sign, toRequest } from '@countersign/testing';
import { scope, type } from 'arktype';
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

/** Each descends by calling itself, as a schema of a tree does. */
const zodTree: z.ZodType = z.lazy(() => z.union([z.number(), z.array(zodTree)]));
const valibotTree: v.GenericSchema = v.lazy(() => v.union([v.number(), v.array(valibotTree)]));
const trees = {
  zod: z.object({ tree: zodTree }),
  valibot: v.object({ tree: valibotTree }),
  arktype: scope({ node: 'number | node[]', root: { tree: 'node' } }).export().root,
};

describe.each(Object.entries(trees))('a schema of %s that calls itself', (_, schema) => {
  const receiver = createReceiver(provider, {
    schemas: { 'invoice.paid': schema as StandardSchemaV1 },
    store: false,
    logger: false,
  });
  const nested = async (levels: number) => {
    const body = `{"type":"invoice.paid","tree":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
    return toRequest(await sign(provider, { type: 'invoice.paid', body }));
  };

  it('takes a tree of a sensible depth', async () => {
    expect((await receiver.handle(await nested(100))).status).toBe(200);
  });

  it('refuses one that it cannot descend: 400', async () => {
    expect(await receiver.handle(await nested(100_000))).toMatchObject({
      status: 400,
      body: '{"error":"payload_invalid"}',
    });
    await expect(receiver.verify(await nested(100_000))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_PAYLOAD_REFUSED',
      message: expect.stringContaining('nested deeper than 256 levels'),
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
