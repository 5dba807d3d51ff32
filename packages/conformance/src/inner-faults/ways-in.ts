import { isWebhookError, type WebhookRequest, type WebhookResponse } from '@countersign/core';
import { answerOf, type Told } from './told.ts';
import type { WayName } from './way-name.ts';
import type { World } from './world.ts';

/** A way on which a delivery comes in, and in which words it is told what became of it. */
export interface WayIn {
  /** Rejects when it is not total. */
  send(world: World, request: WebhookRequest, id: string): Promise<string>;
  /** The same in the words of this way. */
  words(told: Told): string;
}

const written = ({ status, body }: WebhookResponse): string => `${status} ${body}`;

const fetched = ({ url, method, headers, body }: WebhookRequest): Request =>
  new Request(url, { method, headers: headers as Headers, body: body as Uint8Array<ArrayBuffer> });

const endings = {
  ran: 'accepted',
  done: 'duplicate',
  busy: 'in-flight',
  failed: 'ERR_WEBHOOK_HANDLER_FAILED',
  rejected: 'ERR_WEBHOOK_PERMANENT',
  lost: 'ERR_WEBHOOK_LEASE_LOST',
  unavailable: 'ERR_WEBHOOK_STORE_UNAVAILABLE',
} as const;

export const waysIn: Readonly<Record<WayName, WayIn>> = {
  receive: {
    async send({ receiver, platform }, request) {
      const outcome = await receiver.receive(request, platform);
      return 'code' in outcome ? outcome.code : outcome.kind;
    },
    words: (told) => told,
  },
  handle: {
    send: async ({ receiver, platform }, request) => written(await receiver.handle(request, platform)),
    words: answerOf,
  },
  fetch: {
    async send({ receiver, platform }, request) {
      const response = await receiver.fetch(fetched(request), {}, platform);
      return `${response.status} ${await response.text()}`;
    },
    words: answerOf,
  },
  verify: {
    async send({ receiver }, request) {
      try {
        await receiver.verify(request);
        return 'accepted';
      } catch (error) {
        if (isWebhookError(error)) return error.code;
        throw error;
      }
    },
    words: (told) => told,
  },
  open: {
    async send({ receiver, platform, work }, request, id) {
      const { event, response, settle } = await receiver.open(request, platform);
      if (event === undefined) return written(response);
      const ok = await work(id, undefined).then(
        () => true,
        () => false,
      );
      const instead = await settle(ok);
      return instead ? written(instead) : answerOf(ok ? 'accepted' : 'ERR_WEBHOOK_HANDLER_FAILED');
    },
    words: answerOf,
  },
  gate: {
    async send({ gate, work, hooks }, _request, id) {
      const outcome = await gate.run(`v1|own|own||${id}`, (context) => work(id, context), {
        onRejected: (cause) => hooks.onDeadLetter?.(undefined as never, cause),
      });
      return endings[outcome.status];
    },
    words: (told) => told,
  },
};
