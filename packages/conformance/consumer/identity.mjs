// A program of ES modules whose dependency requires: two copies of every package, and they have to get along.
// Run by check-packages among the installed tarballs. Argument: the folder of the providers' samples.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as core from '@countersign/core';
import * as express from '@countersign/express';
import * as providers from '@countersign/providers';
import * as testing from '@countersign/testing';
import makeApp from 'express';

const require = createRequire(import.meta.url);
const imported = { core, providers, testing, express };
const required = {
  core: require('@countersign/core'),
  providers: require('@countersign/providers'),
  testing: require('@countersign/testing'),
  express: require('@countersign/express'),
};
for (const [name, module] of Object.entries(imported)) assert.notEqual(module, required[name]);
assert.notEqual(core.WebhookError, required.core.WebhookError);
for (const { WebhookError, PermanentError } of [core, required.core]) {
  assert.deepEqual([WebhookError.name, PermanentError.name], ['WebhookError', 'PermanentError']);
}

/** When the samples were sent. */
const NOW = 1_764_000_000_000;

const [, , folder] = process.argv;
const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** The vendor's key server, as the provider's `fetch`. */
const fetchOption = ({ fetched }) =>
  fetched && { fetch: async (address) => new Response(fetched[String(address)]) };

const samples = readdirSync(folder).flatMap((file) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'))
    .filter(({ unsigned }) => unsigned === undefined)
    .map((sample) => ({ ...sample, name: file.slice(0, -5) })),
);

assert(samples.length > 100);

/** Every provider of one copy, signed for by either, in a receiver of the other. */
async function everyProvider(ours, theirs) {
  for (const sample of samples) {
    const options = { ...sample.options, ...fetchOption(sample) };
    const provider = theirs.providers[camelCase(sample.name)](options);
    const receiver = ours.core.createReceiver(provider, { logger: false, store: false, now: () => NOW });
    const sent = { timestamp: NOW, ...sample.event };
    const keys = sample.privateKey ? { privateKey: sample.privateKey } : {};
    for (const { sign, toRequest } of [ours.testing, theirs.testing]) {
      const delivery = await sign(provider, sent, keys);
      const event = await receiver.verify(toRequest(delivery));
      assert.equal(event.provider, sample.name);
    }
    const [hostile] = await ours.testing.hostileDeliveries(provider, sent, keys);
    const refused = await receiver.verify(ours.testing.toRequest(hostile.delivery)).catch((error) => error);
    for (const { isWebhookError, WebhookError } of [ours.core, theirs.core]) {
      assert(isWebhookError(refused), `${sample.name}: ${refused}`);
      assert(refused instanceof WebhookError);
    }
    assert(hostile.codes.includes(refused.code));
  }
}

/** What handlers of one copy say, to a receiver of the other that is mounted by an adapter of the first. */
async function answers(ours, theirs) {
  const provider = theirs.providers.stripe({ secret: 'whsec_a' });
  const given = [];
  const receiver = ours.core.createReceiver(provider, {
    logger: false,
    hooks: { onDeadLetter: (_, cause) => given.push(cause) },
    on: {
      'invoice.paid': () => theirs.core.reply({ status: 202, body: 'heard' }),
      'invoice.voided': () => {
        throw new theirs.core.PermanentError('no such invoice');
      },
    },
  });
  const app = makeApp().post('/', theirs.express.webhook(receiver));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const send = async (type) => {
    const { method, headers, body } = await ours.testing.sign(provider, { type });
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { method, headers, body });
    return { status: response.status, body: await response.text() };
  };
  assert.deepEqual(await send('invoice.paid'), { status: 202, body: 'heard' });
  assert.equal((await send('invoice.voided')).status, 200);
  assert(given[0] instanceof ours.core.PermanentError);
  server.close();
}

/** One name, one store, two copies. */
function names(ours, theirs) {
  const store = theirs.core.memoryStore();
  const make = (copy) => copy.core.createReceiver(copy.providers.stripe({ secret: 'whsec_a' }), { store });
  make(ours);
  assert.throws(() => make(theirs), { name: 'TypeError', code: 'ERR_WEBHOOK_CONFIG_NAME_TAKEN' });
}

for (const [ours, theirs] of [
  [imported, required],
  [required, imported],
]) {
  await everyProvider(ours, theirs);
  await answers(ours, theirs);
  names(ours, theirs);
}
