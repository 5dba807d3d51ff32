import { utf8 } from './bytes.ts';
import { assertSendable } from './http.ts';
import { isReply } from './reply.ts';
import type { StoredResponse } from './store.ts';

/** Bytes of an answer kept for duplicates; a longer one is not. */
const STORED_ANSWER = 4096;

/**
 * What of a handler's answer is kept for duplicates.
 *
 * @throws TypeError or RangeError for one that cannot be sent: once the event is done, it could only be met with silence
 */
export function storedAnswer(value: unknown): StoredResponse | undefined {
  if (!isReply(value)) return undefined;
  assertSendable(value);
  if (utf8(value.body).length > STORED_ANSWER) return undefined;
  return { status: value.status, body: value.body, contentType: value.headers['content-type'] };
}

/** What was kept, if it still is an answer. */
export function keptAnswer(response: StoredResponse | undefined): StoredResponse | undefined {
  try {
    if (response) assertSendable({ ...response, headers: { 'content-type': response.contentType ?? '' } });
    return response ?? undefined;
  } catch {
    return undefined;
  }
}
