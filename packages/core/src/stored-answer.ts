import { utf8 } from './bytes.ts';
import { isReply } from './reply.ts';
import type { StoredResponse } from './store.ts';

/** Bytes of an answer kept for duplicates; a longer one is not. */
const STORED_ANSWER = 4096;

/** What of a handler's answer is kept for duplicates. */
export function storedAnswer(value: unknown): StoredResponse | undefined {
  if (!isReply(value) || utf8(value.body).length > STORED_ANSWER) return undefined;
  return { status: value.status, body: value.body, contentType: value.headers['content-type'] };
}
