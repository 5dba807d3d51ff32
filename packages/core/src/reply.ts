import { guards } from './http.ts';

/** What a handler answers, for senders that read the answer. Made by {@link reply}. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Registered, so that a reply made by another copy of this package is one too. */
const mark = Symbol.for('countersign.reply');

const BODILESS = new Set([204, 205, 304]);

/**
 * The answer to a delivery whose sender wants more than an acknowledgement: Discord, Slack commands, Twilio.
 * Whatever else a handler returns is ignored.
 *
 * @param answer `status` (default 200), `headers`, and a `body`: a string as it is, anything else as JSON
 * @throws TypeError or RangeError for a status, a header or a combination that HTTP does not have
 * @example
 * ```ts
 * const commands = createReceiver(slack({ secret }), {
 *   on: { '/weather': () => reply({ body: { text: 'Sunny.' } }) },
 * });
 * ```
 */
export function reply(
  answer: { status?: number; headers?: Record<string, string>; body?: unknown } = {},
): Reply {
  const { status = 200, headers = {}, body = '' } = answer;
  const isText = typeof body === 'string';
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const made = {
    status,
    headers: { ...guards, 'content-type': type, ...Object.fromEntries(own) },
    body: isText ? body : (JSON.stringify(body) ?? ''),
  };
  assertSendable(made);
  return Object.defineProperty(made, mark, { value: true });
}

/** Asked here, where a mistake fails the handler: once the event is done, it could only be met with silence. */
function assertSendable({ status, headers, body }: Reply): void {
  new Headers(headers);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new RangeError(`reply: ${status} is no status of an answer`);
  }
  if (body !== '' && BODILESS.has(status)) throw new TypeError(`reply: an answer of ${status} has no body`);
}

export const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && mark in value;
