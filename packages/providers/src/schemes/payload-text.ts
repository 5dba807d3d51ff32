import {
  formFields,
  hmac,
  json,
  type PayloadFormat,
  queryOf,
  type Scheme,
  WebhookError,
} from '@countersign/core';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The one field that a form or a query of these senders has; another one beside it, or none, is no delivery. */
function payloadField(text: string): string | undefined {
  const { payload, ...rest } = formFields(text);
  return typeof payload === 'string' && Object.keys(rest).length === 0 ? payload : undefined;
}

const OBJECT = 0x7b;

/** A webhook may be set to post JSON, to post a form, or to GET: told by what came, never by a Content-Type. */
const isForm = (method: string, body: Uint8Array): boolean => method === 'GET' || body[0] !== OBJECT;

function formText(method: string, url: string, body: Uint8Array): string | undefined {
  if (method !== 'GET') return payloadField(decoder.decode(body));
  // What a GET brings beside its query, nothing signs.
  return body.length === 0 ? payloadField(queryOf(url).slice(1)) : undefined;
}

/** The JSON, wherever it stands. */
export const payloadAnywhere: PayloadFormat = {
  name: 'json',
  field: 'payload',
  parse(body, request) {
    const { method, url } = request;
    return isForm(method, body) ? JSON.parse(formText(method, url, body) ?? '') : json.parse(body, request);
  },
};

/**
 * Gitea's and its relatives' signature: over the text of the JSON, also where that travels in a form or a query. A
 * webhook without a secret sends the header empty, which is no signature.
 */
export function payloadText(header: string): Scheme<'secret'> {
  const mac = hmac({ header, hash: 'sha256', encoding: 'hex', content: ['body'] });
  return {
    ...mac,
    content({ request: { method, url }, body }) {
      const text = isForm(method, body) ? formText(method, url, body) : body;
      if (text !== undefined) return [text];
      const message = 'there is no JSON, and no form with a payload alone, to be signed';
      throw new WebhookError('ERR_WEBHOOK_SIGNATURE_MALFORMED', message);
    },
  };
}
