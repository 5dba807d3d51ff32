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
  /** The credentials that are valid now (Unix ms), per scheme. */
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

/** A mark (`whsec_`) chooses the scheme; what bears none goes to the option's own. */
function schemeFor(schemes: readonly Scheme[], option: string, value: SecretValue): number {
  const marked = schemes.findIndex((scheme) => isMarkedFor(scheme.secret, value));
  if (marked >= 0) return marked;
  const unmarked = schemes.findIndex(
    ({ option: own, secret }) => own === option && (secret.prefix === undefined || secret.prefixOptional),
  );
  return unmarked >= 0 ? unmarked : schemes.findIndex((scheme) => scheme.option === option);
}

interface ImportedKey {
  readonly scheme: number;
  readonly key: SchemeKey;
}

function importKey(
  schemes: readonly Scheme[],
  option: string,
  value: SecretValue,
  where: string,
): ImportedKey {
  const scheme = schemeFor(schemes, option, value);
  const { secret, key } = schemes[scheme] as Scheme;
  return { scheme, key: key(decodeSecret(secret, value, where)) };
}

/** A secret without a name is known by its place. */
const placed = (secret: Secret, index: number): NamedSecret & { notAfter: number } =>
  secret !== null && isNamed(secret)
    ? { ...secret, notAfter: Number(secret.notAfter ?? Infinity) }
    : { id: String(index), value: secret, notAfter: Infinity };

function entriesOf(schemes: readonly Scheme[], option: string, secrets: Secret | readonly Secret[]): Entry[] {
  const list = asList<Secret>(secrets);
  return list.map((secret, index) => {
    const where = label(option, index, list.length);
    const { id, value, notAfter } = placed(secret, index);
    if (Number.isNaN(notAfter)) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_SECRET',
        `${where}.notAfter must be a Date or Unix milliseconds`,
      );
    }
    return { id, notAfter, ...importKey(schemes, option, value, where) };
  });
}

const grouped = (schemes: readonly Scheme[], entries: readonly Entry[]): Credentials =>
  schemes.map((_, index) => entries.filter(({ scheme }) => scheme === index));

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
  const kept = new Map<string, ImportedKey>();

  function remembered(value: SecretValue): ImportedKey {
    const name = typeof value === 'string' ? `text:${value}` : `bytes:${encode('hex', value)}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const imported = importKey(schemes, option, value, option);
    if (kept.size === KEPT) kept.clear();
    kept.set(name, imported);
    return imported;
  }

  return {
    async select(request, now) {
      try {
        const entries = asList<Secret>((await resolve(request)) ?? []).map((secret, index) => {
          const { id, value, notAfter } = placed(secret, index);
          return { id, notAfter, ...remembered(value) };
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
  const given = [...new Set(schemes.map(({ option }) => option))].filter(
    (option) => options[option] !== undefined,
  );
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
  if (entries.length > 0) return fixedKeyring(schemes, entries);
  const wanted = [...new Set(schemes.map(({ option }) => option))].join(' or ');
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_SECRET',
    `no ${wanted} is given: set it to a string (is the environment variable there?)`,
  );
}
