import {
  createReceiver,
  isWebhookError,
  type Provider,
  type Receiver,
  type ReceiverOptions,
  type WebhookErrorCode,
  type WebhookEvent,
  type WebhookRequest,
} from '@countersign/core';

/** A whole second, and the same in Unix seconds. */
export const NOW = 1_764_000_000_000;
export const SECONDS = NOW / 1000;

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly method?: string;
  readonly url?: string;
}

export const request = ({
  headers = {},
  body = '',
  method = 'POST',
  url = '/hook',
}: Sent): WebhookRequest => ({
  method,
  url,
  headers: new Headers(headers),
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
});

/** A receiver at `NOW`, silent. */
export const receiverOf = (provider: Provider, options: ReceiverOptions = {}): Receiver =>
  createReceiver(
    provider as Provider<Record<string, unknown>>,
    {
      now: () => NOW,
      logger: false,
      ...options,
    } as ReceiverOptions<Record<string, unknown>>,
  ) as unknown as Receiver;

/** Who verifies, without a store. */
export const verifierOf = (provider: Provider, options: ReceiverOptions = {}): Receiver =>
  receiverOf(provider, { store: false, ...options });

export type Verdict =
  | { readonly event: WebhookEvent; readonly code?: undefined }
  | { readonly event?: undefined; readonly code: WebhookErrorCode };

/** What `verify` says: the event, or the code of the refusal. Anything else that is thrown goes on. */
export async function judge(receiver: Receiver, sent: WebhookRequest): Promise<Verdict> {
  try {
    return { event: await receiver.verify(sent) };
  } catch (error) {
    if (isWebhookError(error)) return { code: error.code };
    throw error;
  }
}

/** `accepted`, or the code of the refusal. */
export const verdictOf = async (receiver: Receiver, sent: WebhookRequest): Promise<string> =>
  (await judge(receiver, sent)).code ?? 'accepted';
