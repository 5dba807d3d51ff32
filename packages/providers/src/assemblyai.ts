import { defineProvider, type OpenEvents, type ProviderFactory, token } from '@countersign/core';
import { ownHeader } from './schemes/own-header.ts';

/** `header`: the `webhook_auth_header_name` of your requests. */
export interface AssemblyaiOptions {
  readonly header: string;
}

/**
 * AssemblyAI. `secret` is the `webhook_auth_header_value` of your requests. It is sent in clear: nothing is signed, and
 * whoever sees one delivery can make others. The type is the status; equal bodies are one delivery.
 *
 * @see https://www.assemblyai.com/docs/deployment/webhooks
 */
export const assemblyai: ProviderFactory<'secret', OpenEvents, AssemblyaiOptions> = defineProvider({
  name: 'assemblyai',
  docs: { url: 'https://www.assemblyai.com/docs/deployment/webhooks', read: '2026-11-22' },
  status: 'documented',
  scheme: ({ header }: AssemblyaiOptions) =>
    token({ header: ownHeader(header, 'header, the webhook_auth_header_name of your requests,') }),
  type: { payload: 'status' },
});
