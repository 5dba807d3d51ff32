import assert from 'node:assert/strict';
import type { Endpoint } from './endpoint.ts';
import type { RawResponse } from './raw-response.ts';

/** Nothing cached, nothing sniffed: answers may echo what a stranger sent. */
function assertGuarded({ headers }: RawResponse): void {
  assert.equal(headers.get('cache-control'), 'no-store', 'Cache-Control');
  assert.equal(headers.get('x-content-type-options'), 'nosniff', 'X-Content-Type-Options');
}

function assertJson(response: RawResponse, status: number, body: string): void {
  assert.equal(`${response.status} ${response.body.toString()}`, `${status} ${body}`);
  assert.equal(response.headers.get('content-type'), 'application/json', 'Content-Type');
  assertGuarded(response);
}

/** The answer to a delivery that was handled now. */
export function assertAccepted(response: RawResponse): void {
  assertJson(response, 200, '{"received":true}');
  assert.equal(response.headers.get('webhook-dedup'), null, 'Webhook-Dedup');
}

/** The answer to a delivery that was handled before. */
export function assertDuplicate(response: RawResponse): void {
  assertJson(response, 200, '{"received":true}');
  assert.equal(response.headers.get('webhook-dedup'), 'duplicate', 'Webhook-Dedup');
}

/** What the sender is told with each status: one coarse word, the same for every cause. */
const words = {
  400: 'payload_invalid',
  401: 'signature_invalid',
  405: 'method_not_allowed',
  408: 'body_timeout',
  413: 'body_too_large',
  415: 'encoding_unsupported',
  500: 'misconfigured',
  503: 'retry_later',
} as const;

/** A refusal: constant, guarded, and under 200 bytes. */
export function assertRefused(
  response: RawResponse,
  status: keyof typeof words,
  word: string = words[status],
): void {
  assertJson(response, status, `{"error":"${word}"}`);
  assert.ok(response.body.length < 200, 'a refusal is under 200 bytes');
}

/** 503, with whole seconds to wait. */
export function assertRetryLater(response: RawResponse): void {
  assertRefused(response, 503);
  assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/, 'Retry-After');
}

/** So many events ran, and none went past the endpoint to what is mounted behind it. */
export function assertRuns({ runs, passed }: Endpoint, count: number): void {
  assert.equal(runs.size, count, 'runs');
  assert.equal(passed.size, 0, 'requests passed on to what is mounted behind the webhook');
}

/** The only run had exactly these bytes. */
export function assertRanWith(endpoint: Endpoint, body: Uint8Array): void {
  assertRuns(endpoint, 1);
  const [run] = endpoint.runs.entries;
  assert.ok(run);
  assert.ok(run.event.body instanceof Uint8Array, 'event.body holds bytes');
  assert.equal(Buffer.from(run.event.body).toString('hex'), Buffer.from(body).toString('hex'), 'event.body');
}

/** The operator is told this code. */
export const assertLogged = ({ log }: Pick<Endpoint, 'log'>, code: string): Promise<string> =>
  log.until((line) => line.includes(code), `a log line with ${code}`);
