import {
  defineProvider,
  hmac,
  jsonOrForm,
  type PayloadFormat,
  type ProviderFactory,
} from '@countersign/core';

const formOrJson = jsonOrForm();

/** What a webhook sends is written by whoever set it up; GET and DELETE send nothing. */
const optionalPayload: PayloadFormat = {
  ...formOrJson,
  parse: (body, request) => (body.length === 0 ? {} : formOrJson.parse(body, request)),
};

/**
 * Zendesk. `secret` is the webhook's signing secret. Time and body are covered; the id, which is the invocation's and
 * the same for all of its attempts, stands in a header that is not. The type is that of an event subscription
 * (`zen:event-type:ticket.created`); what a trigger or an automation sends is yours, so handle it under `'*'`.
 *
 * @see https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export const zendesk: ProviderFactory<'secret'> = defineProvider({
  name: 'zendesk',
  docs: { url: 'https://developer.zendesk.com/documentation/webhooks/verifying/', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'x-zendesk-webhook-signature',
    hash: 'sha256',
    encoding: 'base64',
    content: ['timestamp', 'body'],
  }),
  timestamp: { header: 'x-zendesk-webhook-signature-timestamp', unit: 'rfc3339' },
  id: { header: 'x-zendesk-webhook-invocation-id' },
  type: { payload: 'type' },
  payload: optionalPayload,
  methods: ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'],
});
