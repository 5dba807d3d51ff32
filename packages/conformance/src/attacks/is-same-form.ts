import type { Delivery } from '@countersign/testing';
import type { Target } from './target.ts';

const fieldsOf = ({ body }: Delivery): string =>
  JSON.stringify([...new URLSearchParams(Buffer.from(body).toString())]);

/** A form that reads the same, with its escapes in other capitals, say: some sign what stands in it, and not its bytes. */
export const isSameForm = ({ genuine }: Target, sent: Delivery): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(genuine.headers['content-type'] ?? '') &&
  fieldsOf(sent) === fieldsOf(genuine);
