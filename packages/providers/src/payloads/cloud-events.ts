import type { PayloadFormat, WebhookRequest } from '@countersign/core';

/** A CloudEvent (version 1.0) in its JSON form, whichever way it came. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly subject?: string;
  readonly datacontenttype?: string;
  readonly data?: unknown;
  readonly [extension: string]: unknown;
}

const REQUIRED = ['id', 'source', 'type'] as const;

const decoder = new TextDecoder('utf-8', { fatal: true });

function asEvent(value: unknown): CloudEvent {
  const event = value as Partial<Record<string, unknown>> | null;
  const isOne =
    typeof event === 'object' &&
    event?.specversion === '1.0' &&
    REQUIRED.every((name) => typeof event[name] === 'string' && event[name] !== '');
  if (!isOne) throw new TypeError('no CloudEvent 1.0: specversion, id, source and type must be there');
  return event as unknown as CloudEvent;
}

/** HTTP protocol binding section 3.1.3.2: quotes are taken off, and escapes undone once. */
function headerValue(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  // Throws for escapes that are no UTF-8.
  return decodeURIComponent(quoted ? (quoted[1] as string).replace(/\\(.)/g, '$1') : text);
}

function binaryEvent(body: Uint8Array, { headers }: WebhookRequest, type: string): CloudEvent {
  const attributes: Record<string, unknown> = Object.create(null);
  for (const name of ['specversion', ...REQUIRED, 'time', 'subject', 'dataschema']) {
    const sent = headers.get(`ce-${name}`);
    if (sent !== null) attributes[name] = headerValue(sent);
  }
  if (type !== '') attributes.datacontenttype = type;
  const isJson = /^application\/(?:[^;]*\+)?json\b/i.test(type);
  if (body.length > 0) attributes.data = isJson ? JSON.parse(decoder.decode(body)) : body;
  return asEvent(attributes);
}

/** Binary, structured or batched, as the Content-Type says (HTTP protocol binding section 3). */
export const cloudEvents: PayloadFormat = {
  name: 'json',
  parse(body, request) {
    const type = request.headers.get('content-type') ?? '';
    if (/^application\/cloudevents-batch\b/i.test(type)) {
      const events = JSON.parse(decoder.decode(body));
      if (!Array.isArray(events)) throw new TypeError('a batch is a list');
      return events.map(asEvent);
    }
    if (/^application\/cloudevents\b/i.test(type)) return asEvent(JSON.parse(decoder.decode(body)));
    return binaryEvent(body, request, type);
  },
};
