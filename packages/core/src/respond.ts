import { failureOf } from './errors.ts';
import { emptyResponse, jsonResponse, type WebhookResponse, writtenResponse } from './http.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';
import type { Acknowledgement, Provider } from './provider.ts';

type OutcomeOf<Kind extends OutcomeKind> = Extract<Outcome<unknown>, { kind: Kind }>;

/** Seconds, for failures that pass. */
const retryAfter: Partial<Record<string, string>> = {
  ERR_WEBHOOK_STORE_UNAVAILABLE: '10',
  ERR_WEBHOOK_ENQUEUE_FAILED: '10',
  ERR_WEBHOOK_KEY_UNAVAILABLE: '10',
  ERR_WEBHOOK_LEASE_LOST: '1',
};

function written(
  { status, body, contentType, headers: own }: Acknowledgement,
  more?: Record<string, string>,
): WebhookResponse {
  const headers = { ...own, ...more };
  return body === undefined
    ? emptyResponse(status, headers)
    : writtenResponse(status, body, contentType, headers);
}

const RECEIVED = JSON.stringify({ received: true });

const acknowledgement = ({ acknowledge }: Provider, headers?: Record<string, string>): WebhookResponse =>
  acknowledge ? written(acknowledge, headers) : writtenResponse(200, RECEIVED, 'application/json', headers);

/** The one place where an outcome becomes an HTTP answer. */
const responders: {
  [Kind in OutcomeKind]: (outcome: OutcomeOf<Kind>, provider: Provider) => WebhookResponse;
} = {
  accepted: ({ reply }, provider) => reply ?? acknowledgement(provider),
  duplicate({ response }, provider) {
    const headers = { 'webhook-dedup': 'duplicate' };
    if (response === undefined) return acknowledgement(provider, headers);
    return writtenResponse(response.status, response.body, response.contentType || undefined, headers);
  },
  'in-flight': (outcome) =>
    jsonResponse({ error: 'retry_later' }, 503, { 'retry-after': String(outcome.retryAfter) }),
  handshake: ({ response }) => response,
  // By the code alone: the error has been in the hands of a hook.
  rejected({ code }, { methods, handshakes, answers }) {
    const [status, error] = failureOf(code);
    if (error === 'signature_invalid' && answers.refused) return written(answers.refused);
    if (code !== 'ERR_WEBHOOK_METHOD') return jsonResponse({ error }, status);
    const allow = [...new Set([...methods, ...handshakes.flatMap((handshake) => handshake.methods)])].join(
      ', ',
    );
    return jsonResponse({ error }, status, { allow });
  },
  failed({ code }, provider) {
    if (code === 'ERR_WEBHOOK_PERMANENT') {
      const { permanent } = provider.answers;
      return permanent ? written(permanent) : acknowledgement(provider);
    }
    const [status, error] = failureOf(code);
    const pause = retryAfter[code];
    return jsonResponse({ error }, status, pause === undefined ? undefined : { 'retry-after': pause });
  },
};

export const respond = (outcome: Outcome<unknown>, provider: Provider): WebhookResponse =>
  (responders[outcome.kind] as (outcome: Outcome<unknown>, provider: Provider) => WebhookResponse)(
    outcome,
    provider,
  );
