import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  queryEcho,
  rsa,
} from '@countersign/core';
import { fetcherOf } from './keys/fetcher-of.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { createKeySource } from './keys/key-source.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { pinnedUrl } from './keys/pinned-url.ts';
import { publicKeyOf } from './keys/public-key-of.ts';
import { spkiOf } from './keys/spki.ts';

const HOST = 'static.adobeioevents.com';
const PIN = { hosts: [HOST], path: /^\/prod\/keys\/pub-key-[A-Za-z0-9-]{1,64}\.pem$/ };
const PATHS = ['x-adobe-public-key1-path', 'x-adobe-public-key2-path'];

/** Signed twice, with two keys; one that holds is enough, as at Adobe's own verifier. */
const signature = rsa({
  header: ['x-adobe-digital-signature-1', 'x-adobe-digital-signature-2'],
  all: true,
  hash: 'sha256',
  padding: 'pkcs1',
  encoding: 'base64',
  content: ['body'],
});

/** Adobe signs for all of its customers with the same keys: without this, another's event would do. */
function isFor(clientId: string, body: Uint8Array): boolean {
  try {
    const { recipient_client_id: id, recipientclientid: other } = JSON.parse(new TextDecoder().decode(body));
    return (id ?? other) === clientId;
  } catch {
    return false;
  }
}

function schemeOf({ clientId, fetch }: AdobeIoOptions) {
  if (typeof clientId !== 'string' || clientId === '') {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'clientId is missing: the client id of your Adobe project',
    );
  }
  const load = fetcherOf({ ...PIN, fetch }, (text) => publicKeyOf(signature, spkiOf(text)));
  const find = createKeySource({ load });

  return withFoundKeys(signature, async ({ request, body, now }: Envelope) => {
    if (!isFor(clientId, body)) return [];
    const urls = PATHS.map((name) => `https://${HOST}${request.headers.get(name) ?? ''}`);
    const pinned = [...new Set(urls)].filter((url) => pinnedUrl(url, PIN) !== undefined);
    const found = await Promise.allSettled(pinned.map((url) => find(url, now)));
    const keys = found.flatMap((each) => (each.status === 'fulfilled' && each.value ? each.value : []));
    // One key is enough: that the other cannot be had is no matter then.
    const failed = found.find((each) => each.status === 'rejected');
    if (keys.length === 0 && failed) throw failed.reason;
    return keys;
  });
}

/** Options of {@link adobeIo}. */
export interface AdobeIoOptions extends FetchOption {
  /** The client id of your project in the Adobe Developer Console: events for others are refused. */
  readonly clientId: string | undefined;
}

/**
 * Adobe I/O Events. The keys are fetched from `static.adobeioevents.com`, by the paths that a delivery names. Answers
 * the `challenge` GET of the registration, so mount it for GET and POST; the later `validationUrl` POST is for you to
 * follow. The type is that of the CloudEvent; nothing that is checked says when a delivery was made.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without a `clientId`
 * @see https://developer.adobe.com/events/docs/guides/
 */
export const adobeIo: ProviderFactory<never, Record<string, unknown>, AdobeIoOptions> = defineProvider({
  name: 'adobe-io',
  docs: { url: 'https://github.com/AdobeDocs/adobe-io-events', read: '2026-11-22' },
  status: 'proven',
  scheme: schemeOf,
  id: [{ payload: 'event_id' }, { payload: 'id' }],
  type: { payload: 'type' },
  handshakes: [queryEcho({ name: 'challenge', challenge: 'challenge' })],
  deadline: 10,
  horizon: 86_400,
  reactions: {
    '2xx': 'done',
    '4xx': 'drop',
    '429': 'retry',
    '5xx': 'retry',
    '505': 'drop',
    timeout: 'retry',
  },
});
