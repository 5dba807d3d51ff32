import { defineProvider, ecdsa, type ProviderFactory, type SchemeKey } from '@countersign/core';
import { fetchedKeySet } from './keys/fetched-key-set.ts';
import { withFoundKeys } from './keys/found-keys.ts';
import { keyInSet } from './keys/key-set.ts';
import type { FetchOption } from './keys/pinned-fetch.ts';
import { publicKeyOf } from './keys/public-key-of.ts';
import { spkiOf } from './keys/spki.ts';

const KEYS = 'https://api.github.com/meta/public_keys/secret_scanning';

const signature = ecdsa({
  header: 'github-public-key-signature',
  curve: 'P-256',
  hash: 'sha256',
  form: 'der',
  encoding: 'base64',
  content: ['body'],
});

async function keysOf(text: string): Promise<ReadonlyMap<string, SchemeKey>> {
  const { public_keys: listed } = JSON.parse(text) as {
    public_keys: readonly { key_identifier: string; key: string }[];
  };
  const found = new Map<string, SchemeKey>();
  for (const { key_identifier: id, key } of listed) found.set(id, await publicKeyOf(signature, spkiOf(key)));
  return found;
}

function schemeOf({ token, fetch }: GithubSecretScanningOptions) {
  const headers = {
    accept: 'application/vnd.github+json',
    // GitHub answers nobody without one, and not every runtime sends its own.
    'user-agent': 'countersign',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const keys = fetchedKeySet(KEYS, { headers, fetch }, keysOf);
  return withFoundKeys(signature, async ({ request, now }) => {
    const id = request.headers.get('github-public-key-identifier');
    const key = id === null ? undefined : await keyInSet(keys, id, now);
    return key ? [key] : [];
  });
}

/** A secret that somebody published. */
export interface SecretScanningMatch {
  readonly token: string;
  readonly type: string;
  readonly url: string | null;
  readonly source: string;
}

/** What it sends, by type. */
export interface GithubSecretScanningEvents {
  matches: readonly SecretScanningMatch[];
}

/** Options of {@link githubSecretScanning}. */
export interface GithubSecretScanningOptions extends FetchOption {
  /** A GitHub token, for the higher rate limit of authenticated calls. Any will do: the keys are public. */
  readonly token?: string | undefined;
}

/**
 * GitHub secret scanning, for partners. The keys are fetched from `api.github.com`, kept for a day, and looked up
 * again (twice a minute at most) for an id that is not among them. A delivery is a list, of type `matches`; nothing
 * says when it was sent, and it has no id: equal bodies are one delivery. The matches that are none can be reported
 * in the answer, with `reply(…)`.
 *
 * @see https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program
 */
export const githubSecretScanning: ProviderFactory<
  never,
  GithubSecretScanningEvents,
  GithubSecretScanningOptions
> = defineProvider({
  name: 'github-secret-scanning',
  docs: {
    url: 'https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program',
    read: '2026-11-22',
  },
  status: 'proven',
  scheme: schemeOf,
  type: { constant: 'matches' },
});
