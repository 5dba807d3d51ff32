import { dismiss } from './dismiss.ts';
import { misconfigured } from './errors.ts';
import { pathOf, queryOf, type WebhookRequest } from './http.ts';
import { createKeyring } from './keyring.ts';
import { json } from './payload.ts';
import type {
  EventMap,
  OpenEvents,
  Provider,
  ProviderFactory,
  ProviderRecord,
  PublicUrl,
} from './provider.ts';
import type { Part, Scheme } from './scheme.ts';
import { asList, asText, sourceReaders } from './source.ts';

const MIB = 1024 * 1024;
const NAME = /^[a-z0-9][a-z0-9-]*$/;

/**
 * The public address of a delivery: the configured one, with the query that was really sent. An origin alone takes
 * the request's path too.
 */
function publicUrlOf(publicUrl: unknown, name: string): (request: WebhookRequest) => string {
  if (typeof publicUrl === 'function') {
    return (request) => {
      const url: unknown = publicUrl(request);
      if (typeof url === 'string') return url;
      dismiss(url);
      throw new TypeError('publicUrl() gave no string, at once: the address has to be known without asking');
    };
  }
  if (typeof publicUrl !== 'string' || !/^https?:\/\/[^/?#]+/.test(publicUrl)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `${name} signs its URL: give publicUrl, the address registered there ("https://example.com/webhooks/${name}"), or a function of the request`,
    );
  }
  const base = publicUrl.split(/[?#]/, 1)[0] as string;
  const isOrigin = /^https?:\/\/[^/]+\/?$/.test(base);
  const origin = base.replace(/\/$/, '');
  return isOrigin ? ({ url }) => origin + pathOf(url) + queryOf(url) : ({ url }) => base + queryOf(url);
}

const isInPayload = (part: Part): boolean => typeof part === 'object' && 'payload' in part;

/** What follows from the schemes of a record, checked. */
function plan<Option extends string, Extra>(
  record: ProviderRecord<Option, Extra>,
  schemes: readonly Scheme<Option>[],
) {
  const covered = (part: Part) => schemes.some(({ covers }) => covers.includes(part));
  for (const part of ['id', 'timestamp'] as const) {
    if (covered(part) && record[part] === undefined) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_PROVIDER',
        `${record.name} signs the ${part} and does not say where it stands: add \`${part}\``,
      );
    }
  }
  for (const { grammar, kind } of schemes) {
    const places = [grammar.header, grammar.query, grammar.payload].filter((place) => place !== undefined);
    if (places.length !== 1) {
      throw misconfigured(
        'ERR_WEBHOOK_CONFIG_PROVIDER',
        `${record.name}: say where the ${kind} signature stands, by one of \`header\`, \`query\` and \`payload\``,
      );
    }
  }
  const readsPayload = schemes.some(
    ({ grammar, covers }) => grammar.payload !== undefined || covers.some(isInPayload),
  );
  return { schemes, readsPayload, signsUrl: covered('url') };
}

/**
 * Describes a sender of webhooks and returns the factory of its providers. The catalogue in `@countersign/providers`
 * is made of these; for a sender of your own, ten lines do.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_PROVIDER` for a record that cannot be followed; the factory it returns throws
 * `ERR_WEBHOOK_CONFIG_SECRET` and `ERR_WEBHOOK_CONFIG_OPTION`
 * @example
 * ```ts
 * const acme = defineProvider({
 *   name: 'acme',
 *   scheme: hmac({
 *     header: 'x-acme-signature',
 *     hash: 'sha256',
 *     encoding: 'hex',
 *     content: ['timestamp', { text: '.' }, 'body'],
 *   }),
 *   timestamp: { header: 'x-acme-timestamp', unit: 's' },
 *   id: { payload: 'id' },
 *   type: { payload: 'type' },
 * });
 * const receiver = createReceiver(acme({ secret: process.env.ACME_SECRET }), { on: {} });
 * ```
 */
export function defineProvider<Option extends string, Events extends EventMap = OpenEvents, Extra = unknown>(
  record: ProviderRecord<Option, Extra>,
): ProviderFactory<Option, Events, Extra> {
  const { name } = record;
  if (!NAME.test(name)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_PROVIDER',
      `a provider's name is lower-case letters, digits and hyphens, not "${name}"`,
    );
  }
  const { scheme, handshakes = [] } = record;
  const planned = typeof scheme === 'function' ? undefined : plan(record, asList(scheme));
  const planFor = (options: Extra) =>
    planned ?? plan(record, asList((scheme as (options: Extra) => typeof record.scheme)(options) as never));
  const { unit = 's', tolerance, ...timestamp } = record.timestamp ?? {};
  const id = sourceReaders(record.id);
  const times = record.timestamp
    ? sourceReaders(timestamp as Parameters<typeof sourceReaders>[0], asText)
    : [];
  const facts = {
    name,
    docs: record.docs,
    status: record.status,
    tolerance: tolerance ?? { past: 300, future: 300 },
    type: sourceReaders(record.type),
    anonymous: record.anonymous ?? 'content',
    methods: record.methods ?? ['POST'],
    limit: record.limit ?? MIB,
    decoder: record.decoder,
    acknowledge: record.acknowledge,
    answers: record.answers ?? {},
    reactions: record.reactions,
    deadline: record.deadline,
    horizon: record.horizon,
  };
  const rules = {
    id,
    timestamp: times,
    unit,
    timeInPayload: times.some(({ source }) => 'payload' in source),
    payload: record.payload ?? json,
  };

  return (options) => {
    const { publicUrl } = options as { publicUrl?: PublicUrl };
    const { schemes, readsPayload, signsUrl } = planFor(options);
    return {
      ...facts,
      rules: {
        ...rules,
        schemes,
        readsPayload,
        publicUrl: signsUrl ? publicUrlOf(publicUrl, name) : undefined,
      },
      keyring: createKeyring(schemes, options as Readonly<Record<string, unknown>>),
      handshakes: typeof handshakes === 'function' ? handshakes(options) : handshakes,
    } satisfies Provider;
  };
}
