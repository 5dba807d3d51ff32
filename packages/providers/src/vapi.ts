import { defineProvider, hmac, type ProviderFactory, token } from '@countersign/core';

/**
 * Vapi server messages. `secret` is the server's secret: it signs the body, or is sent in clear and signs nothing,
 * as the server's credential says. A delivery that bears a signature stands or falls by it. There is no id: equal
 * bodies are one delivery. Some messages want an answer: `reply`.
 *
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export const vapi: ProviderFactory<'secret'> = defineProvider({
  name: 'vapi',
  docs: { url: 'https://docs.vapi.ai/server-url/server-authentication', read: '2026-11-22' },
  status: 'documented',
  scheme: [
    hmac({ header: 'x-vapi-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
    token({ header: 'x-vapi-secret' }),
  ],
  type: { payload: 'message.type' },
});
