import { isWebhookError } from '@countersign/core';
import { keyUnavailable } from './key-unavailable.ts';
import { type FetchRules, pinnedFetch } from './pinned-fetch.ts';

/** By which vendors say that there is no such key. */
const ABSENT = [400, 404, 410];

/**
 * Fetches a text and makes of it what `read` does.
 *
 * @returns `undefined` where the vendor says that there is no such thing
 */
export function fetcherOf<Value>(
  rules: FetchRules,
  read: (text: string) => Value | Promise<Value>,
): (url: string) => Promise<Value | undefined> {
  const { absent = ABSENT } = rules;
  const fetch = pinnedFetch({ ...rules, absent });
  return async (url) => {
    const response = await fetch(url);
    if (response.status !== 200) return undefined;
    try {
      return await read(await response.text());
    } catch (cause) {
      if (isWebhookError(cause)) throw cause;
      throw keyUnavailable(`${new URL(url).hostname} answered with something that is no key`, cause);
    }
  };
}
