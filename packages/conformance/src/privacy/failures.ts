import {
  type DedupStore,
  memoryStore,
  PermanentError,
  type Provider,
  type StandardSchemaV1,
  type WebhookRequest,
} from '@countersign/core';
import { hostileDeliveries, sign } from '@countersign/testing';
import { type Confidant, canaries, NOW } from './confidants.ts';
import { requestOf } from './request-of.ts';

/** The options of a receiver, of whose events nothing is known. */
export type AnyOptions = Readonly<Record<string, unknown>>;

/** A delivery that fails, and the receiver in which it does. */
export interface Failure {
  readonly name: string;
  readonly request: WebhookRequest;
  readonly options?: AnyOptions;
  /** In place of the provider as it was told its secrets. */
  readonly provider?: Provider;
}

/** Says what it was given, as schemas do. */
const quoting: StandardSchemaV1 = {
  '~standard': {
    version: 1,
    vendor: 'privacy',
    validate: (value) => ({
      issues: [
        { message: `expected a number, not ${JSON.stringify(value)}`, path: ['canary'] },
        { message: 'no', path: [{ key: `${canaries.payload}@example.com` }] },
      ],
    }),
  },
};

/** Every type has a schema here. */
const schemas = (type: string): AnyOptions => ({ schemas: { [type]: quoting } });

const fails = (thrown: unknown) => () => {
  throw thrown;
};

const on = (handler: () => unknown): AnyOptions => ({ on: { '*': handler } });

/** A new one each time it is looked at: receivers of one name cannot share a store. */
const broken = (verb: keyof DedupStore, answer: () => unknown): AnyOptions => ({
  get store() {
    return { ...memoryStore(), [verb]: async () => answer() };
  },
});

/** What happens to a genuine delivery. */
function accidents({ genuine }: Confidant, type: string): readonly Failure[] {
  const request = requestOf(genuine);
  const boom = new Error('thrown by the application');
  const happens = (name: string, options: AnyOptions): Failure => ({ name, request, options });
  return [
    happens('a handler that fails', on(fails(boom))),
    happens('a handler that gives up', on(fails(new PermanentError('no')))),
    happens('a handler that hangs', { ...on(() => new Promise(() => {})), maxRun: 5 }),
    happens('a hook that fails', { hooks: { onAccepted: fails(boom) } }),
    happens('a schema that refuses', schemas(type)),
    happens('a schema that fails', {
      schemas: { [type]: { '~standard': { ...quoting['~standard'], validate: fails(boom) } } },
    }),
    happens('a dedupKey that is none', { dedupKey: ({ payload }: { payload: unknown }) => ({ payload }) }),
    happens('a tenant that is none', { tenant: ({ payload }: { payload: unknown }) => ({ payload }) }),
    happens('a clock that is none', { now: () => Number.NaN }),
    happens('a clock that is fast', { now: () => NOW + 1e9 }),
    happens('a clock that is slow', { now: () => NOW - 1e9 }),
    happens('a store that is away', broken('claim', fails(boom))),
    happens(
      'a store that answers nonsense',
      broken('claim', () => ({ status: 'ran' })),
    ),
    happens('a store that records nothing', broken('complete', fails(boom))),
    happens('a body that is too large', { limit: 1 }),
    { name: 'a body that somebody read', request: { ...request, body: null, bodyUsed: true } },
    // Without a challenge, which is there to be echoed.
    ...['PATCH', 'GET', 'HEAD', 'OPTIONS'].map((method) => ({
      name: `a delivery by ${method}`,
      request: { ...request, method },
    })),
    ...['mode', 'hub.mode', 'hub.verify_token', 'verify_token'].map((name) => ({
      name: `a question of a stranger, by ${name}`,
      request: { ...request, method: 'GET', url: `${genuine.url}&${name}=${canaries.header}` },
    })),
    {
      name: 'a body that breaks off',
      request: {
        ...request,
        body: (async function* () {
          yield genuine.body.slice(0, 5);
          throw boom;
        })(),
      },
    },
    ...['gzip', 'br'].map((encoding) => ({
      name: `a body that is no ${encoding}`,
      request: requestOf({ ...genuine, headers: { ...genuine.headers, 'content-encoding': encoding } }),
    })),
  ];
}

/** Its secrets are not to be had. */
function withoutSecrets({ sample, provider, genuine }: Confidant): readonly Failure[] {
  const request = requestOf(genuine);
  if (typeof sample.options.secret !== 'string') return [];
  const resolvers: Readonly<Record<string, () => unknown>> = {
    'a tenant that is not known': () => undefined,
    'a resolver that fails': fails(new Error('thrown by the application')),
    'a resolver that finds something else': () => ({ value: 5 }),
    'a secret that has expired': () => ({ id: 'old', value: sample.options.secret, notAfter: 1 }),
  };
  return Object.entries(resolvers).flatMap(([name, secret]) => {
    try {
      return [{ name, request, provider: provider({ secret }) }];
    } catch {
      // This one wants to know its secret when it is made.
      return [];
    }
  });
}

/** Its key server does not do its part. */
function withoutKeys({ sample, provider, genuine, confidential }: Confidant): readonly Failure[] {
  if (sample.fetched === undefined) return [];
  const credentials = ['token', 'apiSecret'].filter((name) => name in sample.options);
  const servers: Readonly<Record<string, typeof fetch>> = {
    'a key server that is away': fails(new Error('ECONNREFUSED')),
    'a key server that fails': async () => new Response('no', { status: 500 }),
    'a key server that answers nonsense': async () => new Response('nonsense'),
    'a key server that knows no key': async () => new Response(null, { status: 404 }),
  };
  const request = requestOf(genuine);
  return [
    ...Object.entries(servers).map(([name, fetch]) => ({ name, request, provider: provider({ fetch }) })),
    ...credentials.map((name) => ({
      name: `a ${name} that no header can hold`,
      request,
      provider: provider({ [name]: `${confidential[name]}\n.` }),
    })),
  ];
}

/** Signed, and not what it has to be. */
async function badPayloads({ provider, event, signing }: Confidant): Promise<readonly Failure[]> {
  const bodies = {
    'no JSON': `{"a":${canaries.payload}}`,
    'a form that is none': `%%%${canaries.payload}&payload=${canaries.payload}`,
    'a text': JSON.stringify(canaries.payload),
    nothing: '',
  };
  const made = await Promise.all(
    Object.entries(bodies).map(async ([name, body]) => {
      try {
        const delivery = await sign(provider(), { ...event, body }, signing);
        return [{ name: `a payload that is ${name}`, request: requestOf(delivery) }];
      } catch {
        // Its signer cannot imitate that.
        return [];
      }
    }),
  );
  return made.flat();
}

/** Everything that can go wrong with a delivery of this provider. */
export async function failuresOf(confidant: Confidant, type: string): Promise<readonly Failure[]> {
  const { provider, event, signing } = confidant;
  const hostile = await hostileDeliveries(provider(), event, signing);
  return [
    ...hostile.map(({ name, delivery }) => ({ name: `a delivery ${name}`, request: requestOf(delivery) })),
    ...accidents(confidant, type),
    ...withoutSecrets(confidant),
    ...withoutKeys(confidant),
    ...(await badPayloads(confidant)),
  ];
}
