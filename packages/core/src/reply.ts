import { assertSendable, guards } from './http.ts';

/** What a handler answers, for senders that read the answer. Made by {@link reply}. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Registered, so that a reply made by another copy of this package is one too. */
const mark = Symbol.for('countersign.reply');

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

export const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && mark in value;
