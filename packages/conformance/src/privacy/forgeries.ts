import type { Provider, WebhookRequest } from '@countersign/core';
import { type Delivery, hostileDeliveries } from '@countersign/testing';
import type { Confidant } from './confidants.ts';
import { requestOf } from './request-of.ts';

/** A delivery that a sender must be told nothing of but that it is refused. */
export interface Forgery {
  readonly name: string;
  readonly request: WebhookRequest;
  readonly provider: Provider;
}

const covers = ({ rules }: Provider, part: 'id' | 'timestamp'): boolean =>
  rules.schemes.every((scheme) => scheme.covers.includes(part));

const withHeader = (delivery: Delivery, name: string, value?: string): Delivery => {
  const { [name]: _, ...headers } = delivery.headers;
  return { ...delivery, headers: { ...headers, ...(value !== undefined && { [name]: value }) } };
};

/** What the provider signs, left out or written as nobody writes it. */
function withoutParts(provider: Provider, genuine: Delivery): readonly (readonly [string, Delivery])[] {
  const isSigned = (part: 'id' | 'timestamp'): readonly string[] =>
    covers(provider, part)
      ? provider.rules[part].flatMap(({ source }) => ('header' in source ? [source.header].flat() : []))
      : [];
  return [...isSigned('id'), ...isSigned('timestamp')]
    .filter((name) => name in genuine.headers)
    .flatMap((name) => [
      [`without ${name}`, withHeader(genuine, name)] as const,
      [`with a ${name} that is none`, withHeader(genuine, name, 'a b')] as const,
    ]);
}

/** Every kind of forgery: missing, malformed, mismatched, stale, early, and of a tenant that nobody knows. */
export async function forgeriesOf(confidant: Confidant): Promise<readonly Forgery[]> {
  const { provider, event, signing, genuine, sample } = confidant;
  const own = provider();
  const hostile = await hostileDeliveries(own, event, signing);
  const made = [
    ...hostile.map(({ name, delivery }) => [name, delivery] as const),
    ...withoutParts(own, genuine),
  ].map(([name, delivery]) => ({ name, request: requestOf(delivery), provider: own }));
  if (typeof sample.options.secret !== 'string') return made;
  try {
    const strangers = provider({ secret: () => undefined });
    return [...made, { name: 'of an unknown tenant', request: requestOf(genuine), provider: strangers }];
  } catch {
    // This one wants to know its secret when it is made.
    return made;
  }
}
