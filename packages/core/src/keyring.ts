import { encode } from './bytes.ts';
import { misconfigured, WebhookError } from './errors.ts';
import type { Credential, Credentials } from './rules.ts';
import type { Scheme, SchemeKey } from './scheme.ts';
import {
  decodeSecret,
  isMarkedFor,
  isNamed,
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

function entriesOf(schemes: readonly Scheme[], option: string, secrets: Secret | readonly Secret[]): Entry[] {
  const list = asList<Secret>(secrets);
  return list.map((secret, index) => {
    const where = label(option, index, list.length);
    const named = secret !== null && isNamed(secret) ? secret : { id: String(index), value: secret };
    const scheme = schemeFor(schemes, option, named.value);
    const { secret: format, key } = schemes[scheme] as Scheme;
    const notAfter = 'notAfter' in named && named.notAfter !== undefined ? Number(named.notAfter) : Infinity;
    if (Number.isNaN(notAfter)) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_SECRET',
        `${where}.notAfter must be a Date or Unix milliseconds`,
      );
    }
    return { id: named.id, scheme, notAfter, key: key(decodeSecret(format, named.value, where)) };
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
  const kept = new Map<string, { scheme: number; key: SchemeKey }>();

  function remembered(secret: Secret): Entry[] {
    const [value, id, notAfter] = isNamed(secret)
      ? [secret.value, secret.id, Number(secret.notAfter ?? Infinity)]
      : [secret, '0', Infinity];
    const name = typeof value === 'string' ? `text:${value}` : `bytes:${encode('hex', value)}`;
    let known = kept.get(name);
    if (known === undefined) {
      const [entry] = entriesOf(schemes, option, value) as [Entry];
      known = { scheme: entry.scheme, key: entry.key };
      if (kept.size === KEPT) kept.clear();
      kept.set(name, known);
    }
    return [{ id, notAfter, ...known }];
  }

  return {
    async select(request, now) {
      try {
        const secrets = asList<Secret>((await resolve(request)) ?? []);
        const entries = secrets.flatMap((secret, index) =>
          remembered(secret).map((entry) => (isNamed(secret) ? entry : { ...entry, id: String(index) })),
        );
        return grouped(
          schemes,
          entries.filter(({ notAfter }) => now < notAfter),
        );
      } catch (cause) {
        throw new WebhookError(
          'ERR_WEBHOOK_SECRET_UNAVAILABLE',
          'the secret resolver failed: see the cause',
          { cause },
        );
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
