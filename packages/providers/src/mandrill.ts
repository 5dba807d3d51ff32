import {
  createReceiver,
  defineProvider,
  emptyResponse,
  type FormPayload,
  formFields,
  type Handshake,
  hmac,
  isWebhookError,
  type OpenEvents,
  type PayloadFormat,
  type ProviderFactory,
  type PublicUrl,
  presenceCheck,
  type Scheme,
} from '@countersign/core';
import type { MandrillEvents } from './events/mandrill-events.ts';
import { formText, last, sortedFields } from './schemes/sorted-fields.ts';

export type * from './events/mandrill-events.ts';

const FIELD = 'mandrill_events';

const lastOf = (fields: FormPayload): string | undefined => [fields[FIELD] ?? []].flat().at(-1);

const fieldsOf = (body: Uint8Array): FormPayload => formFields(formText(body));

/** The events stand as JSON in one form field. Where it is repeated, the signature counts the last. */
const events: PayloadFormat = {
  name: 'form',
  field: FIELD,
  parse: (body) => JSON.parse(lastOf(fieldsOf(body)) ?? ''),
};

const mac = hmac({
  header: 'x-mandrill-signature',
  hash: 'sha1',
  encoding: 'base64',
  content: ['url', 'body'],
});

const scheme: Scheme<'secret'> = {
  ...mac,
  kind: 'mandrill',
  content: ({ url, body }) => [url, sortedFields(fieldsOf(body), last)],
};

const docs = {
  url: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
  read: '2026-11-22',
};

/** What signs the batch of no events that is posted before a webhook, and so its key, exists. Everybody knows it. */
const TEST_KEY = 'test-webhook';

const tester: ProviderFactory<'secret', OpenEvents, MandrillOptions> = defineProvider({
  name: 'mandrill-test',
  docs,
  scheme,
  payload: events,
});

/**
 * The test of the address: answered for an empty batch alone, signed with the key that everybody knows. It is no event,
 * and whatever else bears that signature goes the usual way.
 */
function testBatch(publicUrl: PublicUrl): Handshake {
  const verifier = createReceiver(tester({ secret: TEST_KEY, publicUrl }), {
    store: false,
    logger: false,
  });
  return {
    name: 'empty test batch',
    stage: 'body',
    methods: ['POST'],
    async answer({ request, body }) {
      if (body.length > 64 || lastOf(fieldsOf(body)) !== '[]') return undefined;
      try {
        await verifier.verify({ method: 'POST', url: request.url, headers: request.headers, body });
        return emptyResponse(200);
      } catch (error) {
        if (isWebhookError(error)) return undefined;
        throw error;
      }
    },
  };
}

/** `publicUrl`: the webhook's address as typed at Mandrill, with the user and password if there are any. It is signed. */
export interface MandrillOptions {
  readonly publicUrl: PublicUrl;
}

/**
 * Mandrill (Mailchimp Transactional). `secret` is the key of the webhook. The signature covers the address and the
 * form's fields, but no time. A delivery is a list of events of several types: the event is `batch`, its items are
 * yours to run one by one (`ctx.once`, by `_id` with `event` and `ts`). A webhook is made only where a HEAD of its
 * address is answered, so mount it for HEAD and POST.
 *
 * @see https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/
 */
export const mandrill: ProviderFactory<'secret', MandrillEvents, MandrillOptions> = defineProvider({
  name: 'mandrill',
  docs,
  status: 'documented',
  scheme,
  type: { constant: 'batch' },
  payload: events,
  handshakes: ({ publicUrl }: MandrillOptions) => [presenceCheck('HEAD'), testBatch(publicUrl)],
});
