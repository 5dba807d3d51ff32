import { createHash } from 'node:crypto';
import {
  createReceiver,
  defineProvider,
  hmac,
  inflate,
  type Receiver,
  reply,
  type WebhookEvent,
} from '@countersign/core';
import { standardWebhooks } from '@countersign/providers/standard-webhooks';
import type { Route } from './frameworks/framework.ts';
import { heldStore } from './held-store.ts';
import { clock, type News, type Step } from './messages.ts';
import { type Mount, SECRET, type ServerOptions } from './server-options.ts';

/** What a delivery asks of its handler. */
export interface Wish {
  /** Bytes that its answer is longer by. */
  readonly answer?: number;
  readonly throws?: boolean;
}

export interface Endpoints {
  readonly mounts: Readonly<Record<Mount, { readonly receiver: Receiver; readonly route?: Route }>>;
  /** Lets a delivery go on. */
  release(id: string): void;
  claims(): number;
}

/** The sender signs what was there before it compressed. */
const compressing = defineProvider({
  name: 'compressing',
  scheme: hmac({
    header: 'webhook-signature',
    hash: 'sha256',
    encoding: 'base64',
    prefix: 'v1,',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { header: 'webhook-timestamp', unit: 's' },
  id: { header: 'webhook-id' },
  decoder: inflate,
});

/**
 * Endpoints whose answers prove what ran: each 200 has the id of its event, and the digest of the bytes that its
 * handler was given. A delivery is held, once, at the step that its id ends with.
 */
export function createEndpoints({ limit, timeout }: ServerOptions, tell: (news: News) => void): Endpoints {
  const held = new Map<string, () => void>();
  const released = new Set<string>();

  async function reach(step: Step, id: string): Promise<void> {
    if (!id.endsWith(`-${step}`) || released.has(id)) return;
    const release = new Promise<void>((resolve) => {
      held.set(id, resolve);
    });
    tell({ kind: 'step', step, id });
    await release;
  }

  async function run(event: WebhookEvent): Promise<string> {
    const id = event.id ?? '';
    const digest = createHash('sha256').update(event.body).digest('hex');
    await reach('handler', id);
    const { answer = 0, throws = false } = event.payload as Wish;
    if (throws) throw new Error('as wished');
    tell({ kind: 'run', run: { id, digest, ended: clock() } });
    return JSON.stringify({ id, digest, padding: '='.repeat(answer) });
  }

  const store = heldStore(reach);
  const common = { limit, timeout, store, logger: false, deadline: 60_000 } as const;
  const secret = SECRET;
  const headers = { 'content-type': 'application/json' };
  const on = { '*': async (event: WebhookEvent) => reply({ headers, body: await run(event) }) };
  return {
    mounts: {
      webhook: {
        receiver: createReceiver(standardWebhooks({ secret }), {
          ...common,
          name: 'webhook',
          on,
        }) as Receiver,
      },
      route: {
        receiver: createReceiver(standardWebhooks({ secret }), { ...common, name: 'route' }) as Receiver,
        route: run,
      },
      inflate: {
        receiver: createReceiver(compressing({ secret: secret.slice(6) }), {
          ...common,
          name: 'inflate',
          on,
        }) as Receiver,
      },
    },
    release(id) {
      released.add(id);
      held.get(id)?.();
      held.delete(id);
    },
    claims: () => store.claims(),
  };
}
