import { createHmac } from 'node:crypto';
import {
  createReceiver,
  defineProvider,
  hmac,
  isWebhookError,
  type OpenEvents,
  type Provider,
  type ReceiverOptions,
  type WebhookRequest,
} from '../../src/index.ts';

/** A whole second. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
export const SECRET = 'acme-secret-A7pQ';

/** A sender made up for the tests: `id.timestamp.body`, HMAC-SHA256, hex. */
export const acme = defineProvider({
  name: 'acme',
  scheme: hmac({
    header: 'x-acme-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
  }),
  id: { header: 'x-acme-id' },
  timestamp: { header: 'x-acme-timestamp', unit: 's' },
  type: { payload: 'type' },
});

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Node's own HMAC, the oracle. */
export const macOf = (
  hash: string,
  secret: string | Uint8Array,
  ...content: (string | Uint8Array)[]
): Buffer => {
  const mac = createHmac(hash, secret);
  for (const chunk of content) mac.update(chunk);
  return mac.digest();
};

export interface RequestSpec {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: WebhookRequest['body'] | string;
}

export function request({
  method = 'POST',
  url = '/hooks',
  headers = {},
  body = null,
}: RequestSpec = {}): WebhookRequest {
  return { method, url, headers: new Headers(headers), body: typeof body === 'string' ? utf8(body) : body };
}

export interface DeliverySpec extends RequestSpec {
  readonly body?: string | Uint8Array;
  readonly id?: string;
  readonly timestamp?: string;
  readonly secret?: string | Uint8Array;
}

let count = 0;

/** A delivery as acme sends it, signed by Node. `headers` replace what was signed. */
export function delivery(payload: unknown = { type: 'ping' }, spec: DeliverySpec = {}): WebhookRequest {
  const { id = `evt_${++count}`, timestamp = String(NOW / 1000), secret = SECRET, headers, ...rest } = spec;
  const { body = JSON.stringify(payload) } = spec;
  const signature = macOf('sha256', secret, id, '.', timestamp, '.', body).toString('hex');
  return request({
    ...rest,
    body,
    headers: { 'x-acme-id': id, 'x-acme-timestamp': timestamp, 'x-acme-signature': signature, ...headers },
  });
}

/** A request that tells the truth about a header once, and something else whenever it is asked again. */
export function fickle(sent: WebhookRequest, header: string, otherwise: string): WebhookRequest {
  let asked = 0;
  const get = (name: string) => (name === header && asked++ > 0 ? otherwise : sent.headers.get(name));
  return { ...sent, headers: { get } };
}

/** The code of the `WebhookError` that a promise rejects with; anything else is thrown on. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isWebhookError(error)) return error.code;
    throw error;
  }
  return 'resolved';
}

/** What a call throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What a receiver of this provider makes of a delivery, at `NOW`. */
export const verify = (
  provider: Provider<OpenEvents>,
  sent: WebhookRequest,
  options: ReceiverOptions<OpenEvents> = {},
) => createReceiver(provider, { store: false, logger: false, now: () => NOW, ...options }).verify(sent);

/** `resolved`, or the code of what `verify` throws. */
export const verdict = (...input: Parameters<typeof verify>): Promise<string> => codeOf(verify(...input));
