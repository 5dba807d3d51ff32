import { defineProvider, hmac, type ProviderFactory } from '@countersign/core';

/**
 * Persona. `secret` is the webhook's (`wbhsec_…`), whole, from the webhooks page of the dashboard. Time and body are
 * covered. In a rotation the header holds two groups, each with a time of its own.
 *
 * @see https://docs.withpersona.com/webhooks-best-practices
 */
export const persona: ProviderFactory<'secret'> = defineProvider({
  name: 'persona',
  docs: { url: 'https://docs.withpersona.com/docs/best-practices', read: '2026-11-22' },
  status: 'documented',
  scheme: hmac({
    header: 'persona-signature',
    pairs: { separator: ',', signature: 'v1', fields: ['t'], groups: ' ' },
    hash: 'sha256',
    encoding: 'hex',
    content: ['timestamp', { text: '.' }, 'body'],
    secret: { encoding: 'utf8', refuse: { persona_: "an API key, not the webhook's secret" } },
  }),
  timestamp: { field: 't', unit: 's' },
  id: { payload: 'data.id' },
  type: { payload: 'data.attributes.name' },
  deadline: 5,
});
