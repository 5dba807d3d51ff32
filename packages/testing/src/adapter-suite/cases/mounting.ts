import assert from 'node:assert/strict';
import { createReceiver, type Receiver, type WebhookEvent } from '@countersign/core';
import type { AdapterCase } from '../adapter-case.ts';
import type { AdapterUnderTest, RouteUnderTest } from '../adapter-under-test.ts';
import { PATH, senders } from '../senders.ts';
import { watchedStore } from '../watched-store.ts';

const hasCode = (code: string) => (error: unknown) =>
  error instanceof TypeError && (error as { code?: unknown }).code === code;

async function assertMountRefused(adapter: AdapterUnderTest, route: RouteUnderTest): Promise<void> {
  await assert.rejects(async () => {
    const app = await adapter.serve({ routes: [route] });
    await app.close();
  }, hasCode('ERR_WEBHOOK_CONFIG_MOUNT'));
}

const plain = (): Receiver => createReceiver(senders.bytes()) as Receiver;
const handling = (): Receiver => createReceiver(senders.bytes(), { on: {} }) as Receiver;
const answer = (_event: WebhookEvent) => ({ status: 200, body: '' });

/** Mistakes that are told when the program starts. */
export const mountingCases: readonly AdapterCase[] = [
  {
    name: 'webhook() takes no receiver without handlers',
    run: (adapter) => assertMountRefused(adapter, { path: PATH, receiver: plain() }),
  },
  {
    name: 'verifyWebhook() takes no receiver with handlers',
    run: (adapter) => assertMountRefused(adapter, { path: PATH, receiver: handling(), answer }),
  },
  {
    name: 'two receivers of one name take no common store',
    async run() {
      const store = watchedStore();
      createReceiver(senders.bytes(), { store });
      assert.throws(
        () => createReceiver(senders.bytes(), { store }),
        hasCode('ERR_WEBHOOK_CONFIG_NAME_TAKEN'),
      );
      createReceiver(senders.bytes(), { store, name: 'another' });
    },
  },
];
