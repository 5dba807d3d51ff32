import type { ClaimResult } from '@countersign/core';

const strange = (reply: string): Error =>
  new Error(`Redis answered something that no script of this store says, ${reply.length} characters long`);

const json = (line: string | undefined) => (line ? JSON.parse(line) : undefined);

/**
 * The reply of the claim script. A client that gives up may resolve with a text of its own, so nothing is taken for
 * an answer that is not one.
 *
 * @throws Error for any other reply
 */
export function readClaim(reply: string): ClaimResult {
  const [head = '', fingerprint, response] = reply.split('\n');
  const [status, ...words] = head.split(' ');
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = words.map(Number);
  if (status === 'claimed' && third >= 0) {
    return { status, fence: first, attempt: second, takeover: third === 1 };
  }
  if (status === 'busy' && first > 0) return { status, retryAfterMs: first, fingerprint: json(fingerprint) };
  if ((status === 'ok' || status === 'rejected') && fingerprint !== undefined) {
    return { status: 'done', outcome: status, fingerprint: json(fingerprint), response: json(response) };
  }
  throw strange(reply);
}

/** The reply of every other script. */
export function readVerdict(reply: string): boolean {
  if (reply === 'yes' || reply === 'no') return reply === 'yes';
  throw strange(reply);
}
