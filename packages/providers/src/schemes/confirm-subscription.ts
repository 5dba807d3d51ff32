import { type FetchRules, pinnedFetch } from '../keys/pinned-fetch.ts';
import type { SnsConfirmation } from './sns-message.ts';

const QUERY = /^\?[\w.%:&=-]+$/;

/** Whether the address confirms this subscription to this topic, and does nothing else. */
function confirms(url: URL, { TopicArn, Token }: SnsConfirmation): boolean {
  const wanted = { Action: 'ConfirmSubscription', TopicArn, Token };
  const sent = [...url.searchParams];
  return (
    sent.length === Object.keys(wanted).length &&
    Object.entries(wanted).every(([name, value]) => url.searchParams.get(name) === value)
  );
}

/** Visits the `SubscribeURL` of a verified message, if it is one of SNS for this very subscription. */
export async function confirmSubscription(
  rules: Pick<FetchRules, 'hosts' | 'fetch'>,
  message: SnsConfirmation,
): Promise<boolean> {
  const { SubscribeURL: url } = message;
  if (!URL.canParse(url) || !confirms(new URL(url), message)) return false;
  await pinnedFetch({ ...rules, path: /^\/$/, query: QUERY })(url);
  return true;
}
