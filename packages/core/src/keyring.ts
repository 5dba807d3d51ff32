import { encode } from './bytes.ts';
import { misconfigured, WebhookError } from './errors.ts';
import type { Credential, Credentials } from './rules.ts';
import type { Scheme, SchemeKey } from './scheme.ts';
import {
  decodeSecret,
  isMarkedFor,
  isNamed,
  type NamedSecret,
  type Secret,
  type SecretRequest,
  type SecretResolver,
  type SecretValue,
} from './secret.ts';
import { asList } from './source.ts';

/** Holds the decoded keys of a provider where printing it shows none of them. */
export interface Keyring {
  /** The credentials that are valid now (Unix ms), by scheme. */
  select(request: SecretRequest, now: number): Credentials | Promise<Credentials>;
}

interface Entry extends Credential {
  readonly scheme: number;
  readonly notAfter: number;
}

/** Keys of resolved secrets kept, so that a tenant's key is imported once. */
const KEPT = 1000;

const label = (option: string, index: number, count: number): string =>
  count > 1 ? `${option}[${index}]` : option;

/** A mark (`whsec_`) chooses the schemes; what bears none goes to all of the option's own that ask for none. */
function schemesFor(schemes: readonly Scheme[], option: string, value: SecretValue): readonly number[] {
  const indexes = (fits: (scheme: Scheme) => boolean) =>
    schemes.flatMap((scheme, index) => (fits(scheme) ? index : []));
  const marked = indexes((scheme) => isMarkedFor(scheme.secret, value));
  if (marked.length > 0) return marked;
  const own = indexes((scheme) => scheme.option === option);
  const unmarked = own.filter((index) => {
    const { prefix, prefixOptional } = (schemes[index] as Scheme).secret;
    return prefix === undefined || prefixOptional;
  });
  return unmarked.length > 0 ? unmarked : own.slice(0, 1);
}

interface ImportedKey {
  readonly scheme: number;
  readonly key: SchemeKey;
}

/** A secret as the keys of the schemes that it is for. */
const importKeys = (
  schemes: readonly Scheme[],
  option: string,
  value: SecretValue,
  where: string,
): readonly ImportedKey[] =>
  schemesFor(schemes, option, value).map((scheme) => {
    const { secret, key } = schemes[scheme] as Scheme;
    return { scheme, key: key(decodeSecret(secret, value, where)) };
  });

/** One text may hold several secrets, where the provider hands them out so. */
function separated(schemes: readonly Scheme[], secret: Secret): readonly Secret[] {
  const separator = schemes.find((scheme) => scheme.secret.separator !== undefined)?.secret.separator;
  if (separator === undefined || typeof secret !== 'string') return [secret];
  return secret.split(separator);
}

/** The keys of schemes that find theirs by themselves. */
const ownEntries = (schemes: readonly Scheme[]): Entry[] =>
  schemes.flatMap(({ option, kind, key }, scheme) =>
    option === undefined ? { id: kind, scheme, notAfter: Infinity, key: key(new Uint8Array()) } : [],
  );

/** A secret without a name is known by its place. */
const placed = (secret: Secret, index: number): NamedSecret & { notAfter: number } =>
  secret !== null && isNamed(secret)
    ? { ...secret, notAfter: Number(secret.notAfter ?? Infinity) }
    : { id: String(index), value: secret, notAfter: Infinity };

function entriesOf(schemes: readonly Scheme[], option: string, secrets: Secret | readonly Secret[]): Entry[] {
  const list = asList<Secret>(secrets).flatMap((secret) => separated(schemes, secret));
  return list.flatMap((secret, index) => {
    const where = label(option, index, list.length);
    const { id, value, notAfter } = placed(secret, index);
    if (Number.isNaN(notAfter)) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_SECRET',
        `${where}.notAfter must be a Date or Unix milliseconds`,
      );
    }
    return importKeys(schemes, option, value, where).map((imported) => ({ id, notAfter, ...imported }));
  });
}

const grouped = (schemes: readonly Scheme[], entries: readonly Entry[]): Credentials =>
  schemes.flatMap((scheme, index) => {
    const keys = entries.filter((entry) => entry.scheme === index);
    return keys.length > 0 ? { scheme, keys } : [];
  });

function fixedKeyring(schemes: readonly Scheme[], entries: readonly Entry[]): Keyring {
  const all = grouped(schemes, entries);
  const expires = Math.min(...entries.map(({ notAfter }) => notAfter));
  return {
    select(_request, now) {
      if (now < expires) return all;
      const live = entries.filter(({ notAfter }) => now < notAfter);
      if (live.length > 0) return grouped(schemes, live);
      throw new WebhookError(
        'ERR_WEBHOOK_SECRET_UNAVAILABLE',
        'every secret is past its notAfter: configure the current one',
      );
    },
  };
}

function resolvedKeyring(schemes: readonly Scheme[], option: string, resolve: SecretResolver): Keyring {
  const kept = new Map<string, readonly ImportedKey[]>();

  function remembered(value: SecretValue): readonly ImportedKey[] {
    const name = typeof value === 'string' ? `text:${value}` : `bytes:${encode('hex', value)}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const imported = importKeys(schemes, option, value, option);
    if (kept.size === KEPT) kept.clear();
    kept.set(name, imported);
    return imported;
  }

  return {
    async select(request, now) {
      try {
        const given = asList<Secret>((await resolve(request)) ?? []);
        const list = given.flatMap((secret) => separated(schemes, secret));
        const entries = list.flatMap((secret, index) => {
          const { id, value, notAfter } = placed(secret, index);
          return remembered(value).map((imported) => ({ id, notAfter, ...imported }));
        });
        const live = entries.filter(({ notAfter }) => now < notAfter);
        return grouped(schemes, live);
      } catch (cause) {
        const message = 'the secret resolver failed: see the cause';
        throw new WebhookError('ERR_WEBHOOK_SECRET_UNAVAILABLE', message, { cause });
      }
    },
  };
}

/**
 * Decodes and checks what the factory was given, once.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_SECRET`
 */
export function createKeyring(
  schemes: readonly Scheme[],
  options: Readonly<Record<string, unknown>>,
): Keyring {
  const wanted = [...new Set(schemes.flatMap(({ option }) => option ?? []))];
  const given = wanted.filter((option) => options[option] !== undefined);
  const resolver = given.find((option) => typeof options[option] === 'function');
  if (resolver !== undefined) {
    if (given.length > 1) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_SECRET',
        `${resolver} is a function: let it return the keys of ${given.join(' and ')} together`,
      );
    }
    return resolvedKeyring(schemes, resolver, options[resolver] as SecretResolver);
  }
  const entries = given.flatMap((option) =>
    entriesOf(schemes, option, options[option] as Secret | readonly Secret[]),
  );
  const all = [...entries, ...ownEntries(schemes)];
  if (all.length > 0) return fixedKeyring(schemes, all);
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_SECRET',
    `no ${wanted.join(' or ')} is given: set it to a string (is the environment variable there?)`,
  );
}
