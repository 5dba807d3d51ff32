import { fromUtf8 } from './bytes.ts';
import { WebhookError } from './errors.ts';
import type { WebhookRequest } from './http.ts';
import { isPromise, type MaybePromise } from './maybe-promise.ts';

/** How verified bytes become a payload. Made by `json`, `form`, `jsonOrForm` and `xml`, or your own. */
export interface PayloadFormat {
  readonly name: 'json' | 'form' | 'multipart' | 'xml' | 'other';
  /** The form field that holds JSON, where there is one. */
  readonly field?: string | undefined;
  /** Throws, or rejects, for what is not in this format. */
  parse(body: Uint8Array, request: WebhookRequest): unknown;
}

/** Form fields; a repeated one is a list. */
export type FormPayload = Record<string, string | string[]>;

/** JSON, as UTF-8. The format of most providers. */
export const json: PayloadFormat = { name: 'json', parse: (body) => JSON.parse(fromUtf8(body)) };

/** Letters beyond ASCII, but for halves of one. */
const LETTERS = /[\u0080-\ud7ff\ue000-\u{10ffff}]+/gu;

/**
 * A form, as an address would hold it. Escaped, for Node takes letters for bytes where an escape beside them is no
 * UTF-8; and begun, for of an address the first `?` is dropped, and a form may begin with one.
 */
const asQuery = (text: string): string => `?${text.replace(LETTERS, encodeURIComponent)}`;

/** `application/x-www-form-urlencoded` fields; a repeated one becomes a list. No prototype: a field may have any name. */
export function formFields(text: string | URLSearchParams): FormPayload {
  const fields: FormPayload = Object.create(null);
  for (const [name, value] of typeof text === 'string' ? new URLSearchParams(asQuery(text)) : text) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else fields[name] = [before, value];
  }
  return fields;
}

/** `application/x-www-form-urlencoded`, as {@link formFields} reads it. */
export const form: PayloadFormat = { name: 'form', parse: (body) => formFields(fromUtf8(body)) };

/** The JSON in that field, or else all fields. */
function inField(field: string | undefined, fields: FormPayload): unknown {
  const inner = field === undefined ? undefined : fields[field];
  return typeof inner === 'string' ? JSON.parse(inner) : fields;
}

const JSON_STARTS = new Set(['{', '[', '"']);

/**
 * For senders that post JSON or a form. The signed bytes decide which, never the Content-Type, which no signature
 * covers. `field` names the form field that holds JSON, where there is one (`payload` at GitHub and Slack).
 *
 * @example
 * ```ts
 * const acme = defineProvider({
 *   name: 'acme',
 *   scheme: hmac({ header: 'x-acme-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
 *   payload: jsonOrForm('payload'),
 * });
 * ```
 */
export const jsonOrForm = (field?: string): PayloadFormat => ({
  name: 'json',
  field,
  parse(body) {
    const text = fromUtf8(body);
    if (JSON_STARTS.has(text.trimStart().charAt(0))) return JSON.parse(text);
    return inField(field, formFields(text));
  },
});

/**
 * `multipart/form-data`, by the platform's own parser; files are left out. `field` names the part that holds JSON,
 * where there is one. A sender that posts a form or JSON as well is understood too.
 */
export const multipart = (field?: string): PayloadFormat => ({
  name: 'multipart',
  field,
  async parse(body, request) {
    const type = request.headers.get('content-type') ?? '';
    if (!/^multipart\/form-data\b/i.test(type)) return jsonOrForm(field).parse(body, request);
    const parts = await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData();
    const texts = [...parts].filter((part): part is [string, string] => typeof part[1] === 'string');
    return inField(field, formFields(new URLSearchParams(texts)));
  },
});

/**
 * XML, through the parser of your choice; pick one that expands no entities.
 *
 * @example
 * ```ts
 * const acme = defineProvider({
 *   name: 'acme',
 *   scheme: token({ header: 'x-acme-token' }),
 *   payload: xml((text) => parser.parse(text)),
 * });
 * ```
 */
export const xml = (parse: (text: string) => unknown): PayloadFormat => ({
  name: 'xml',
  parse: (body) => parse(fromUtf8(body)),
});

/** Whether JavaScript's own parser says it, which quotes what it cannot read. */
function isQuoting(cause: unknown): boolean {
  try {
    return (cause as Error).name === 'SyntaxError';
  } catch {
    return false;
  }
}

/** What a parser of the application says is kept for a debugger; it may quote the payload too, and goes into no log. */
function unreadable(cause: unknown): never {
  throw new WebhookError(
    'ERR_WEBHOOK_PAYLOAD_INVALID',
    'the payload cannot be parsed: does the provider send another format than the record says?',
    isQuoting(cause) ? undefined : { cause },
  );
}

/** @throws WebhookError `ERR_WEBHOOK_PAYLOAD_INVALID`, now or as a rejection */
export function parsePayload(
  format: PayloadFormat,
  body: Uint8Array,
  request: WebhookRequest,
): MaybePromise<unknown> {
  try {
    const parsed = format.parse(body, request);
    return isPromise(parsed) ? Promise.resolve(parsed).catch(unreadable) : parsed;
  } catch (cause) {
    return unreadable(cause);
  }
}
