import { misconfigured } from '@countersign/core';
import { keyUnavailable } from '../keys/key-unavailable.ts';
import { type FetchOption, pinnedFetch } from '../keys/pinned-fetch.ts';
import type { PlaidKey } from './import-plaid-key.ts';
import { requiredOption } from './required-option.ts';

const hosts = { production: 'production.plaid.com', sandbox: 'sandbox.plaid.com' } as const;

const PATH = '/webhook_verification_key/get';

/** What a 400 is about: a key that there is none of says something about the delivery, bad credentials do not. */
const NO_SUCH_KEY = 'INVALID_WEBHOOK_VERIFICATION_KEY_ID';

interface Answer {
  readonly key: PlaidKey;
  readonly error_code?: string;
}

interface Credentials extends FetchOption {
  readonly clientId?: string | undefined;
  readonly apiSecret?: string | undefined;
  readonly environment?: keyof typeof hosts | undefined;
}

/** Asks Plaid for a key, by POST: it does not publish its keys. */
export function fetchPlaidKey(options: Credentials): (id: string) => Promise<PlaidKey | undefined> {
  const { environment = 'production', fetch } = options;
  const cure = 'Plaid hands its keys out to customers (or give keyOf)';
  const clientId = requiredOption(options.clientId, 'clientId', cure);
  const secret = requiredOption(options.apiSecret, 'apiSecret', cure);
  if (!Object.hasOwn(hosts, environment)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `environment is one of ${Object.keys(hosts).join(', ')}`,
    );
  }
  const host = hosts[environment];

  return async (id) => {
    const body = JSON.stringify({ client_id: clientId, secret, key_id: id });
    const post: typeof globalThis.fetch = (url, init) =>
      (fetch ?? globalThis.fetch)(url, { ...init, method: 'POST', body });
    const response = await pinnedFetch({
      hosts: [host],
      path: /^\/webhook_verification_key\/get$/,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      absent: [400],
      fetch: post,
    })(`https://${host}${PATH}`);
    const answer: Partial<Answer> = await response.json().catch(() => ({}));
    if (response.status === 200 && answer.key) return answer.key;
    if (answer.error_code === NO_SUCH_KEY) return undefined;
    throw keyUnavailable(
      `${host} gave no key (${String(answer.error_code)}): are clientId and apiSecret those of ${environment}?`,
    );
  };
}
