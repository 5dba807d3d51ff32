import { createHash } from 'node:crypto';
import { createReceiver, type Provider } from '@countersign/core';
import { type Delivery, type SignableEvent, type SignOptions, sign } from '@countersign/testing';
import { type AnyFactory, factoryOf, files } from '../../../providers/test/support/catalogue.ts';
import { type Sample, signOptionsOf } from '../../../providers/test/support/sample.ts';
import { samplesOf } from '../../../providers/test/support/samples.ts';
import type { Confidential } from './leaks.ts';

/** What stands in the deliveries of every provider, and is nobody's business: short, as what is cut short is, too. */
export const canaries = {
  payload: 'Hb3Xv5q',
  query: 'Mn2Lp8w',
  header: 'Ty6Rd4e',
} as const;

/** A provider that was told secrets, and a genuine delivery of it. */
export interface Confidant {
  readonly title: string;
  readonly file: string;
  readonly sample: Sample;
  readonly confidential: Confidential;
  /** A factory option replaced; for its key server, say. */
  provider(more?: Readonly<Record<string, unknown>>): Provider;
  /** What is signed for it, and with what. */
  readonly event: SignableEvent;
  readonly signing: SignOptions;
  readonly genuine: Delivery;
}

/** A whole second. */
export const NOW = 1_764_000_000_000;

const bytes = createHash('sha512').update('canary').digest();

/** Secrets in the shapes in which vendors hand them out; the first that a factory takes is told to it. */
const shapes = (sample: string): readonly string[] => {
  const prefix = /^(?:[A-Za-z0-9]+[_-])*(?=[^_-]+$)/.exec(sample)?.[0] ?? '';
  return [
    'canary-user-Zk7Qw9:canary-password-Lm3Np5',
    'canary-secret-Zk7Qw9Lm3Np5Xv2Rt8',
    `${prefix}canary-secret-Zk7Qw9Lm3Np5`,
    `${prefix}${bytes.subarray(0, 32).toString('base64')}`,
    `v1,whsec_${bytes.subarray(0, 32).toString('base64')}`,
    bytes.subarray(0, 32).toString('base64'),
    bytes.subarray(0, 32).toString('hex'),
    bytes.subarray(0, 16).toString('hex'),
    sample,
  ];
};

/** Options that hold a secret, whatever it is for. */
const SECRETS = ['secret', 'token', 'apiSecret', 'authorization'];

const isEncoded = (text: string): 'base64' | 'hex' | undefined => {
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(text)) return 'hex';
  return /^(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? 'base64'
    : undefined;
};

/** A text, and the bytes that it stands for. */
function both(name: string, text: string): Confidential {
  const encoding = isEncoded(text.replace(/^(?:v1,)?[a-z]*_/, ''));
  if (encoding === undefined) return { [name]: text };
  return { [name]: text, [`${name}, decoded`]: Buffer.from(text.replace(/^(?:v1,)?[a-z]*_/, ''), encoding) };
}

/** What a signature header, parameter or field holds that is long enough to be one. */
function signaturesOf(provider: Provider, { headers, url, body }: Delivery): Confidential {
  const texts = provider.rules.schemes.flatMap(({ grammar: { header, query, payload } }) => {
    if (header !== undefined) return [header].flat().map((name) => headers[name] ?? '');
    if (query !== undefined) return [new URL(url).searchParams.get(query) ?? ''];
    const field = payload?.split('.').at(-1);
    return [new RegExp(`"?${field}"?(?:=|":\\s*")([^"&]*)`).exec(Buffer.from(body).toString())?.[1] ?? ''];
  });
  const found = texts.flatMap((text) => text.match(/[A-Za-z0-9+/_-]{20,}={0,2}/g) ?? []);
  return Object.assign({}, ...found.map((text, at) => both(`signature ${at + 1}`, text)));
}

function withCanaries(provider: Provider, { event = {} }: Sample): SignableEvent {
  const { payload, headers, body, ...rest } = event;
  const isOpen =
    payload === undefined || (typeof payload === 'object' && payload !== null && !Array.isArray(payload));
  return {
    timestamp: NOW,
    ...rest,
    url: addressOf(provider, event),
    headers: { ...headers, 'x-canary': canaries.header },
    ...(body !== undefined && { body }),
    ...(body === undefined && { payload: isOpen ? { ...payload, canary: canaries.payload } : payload }),
  };
}

const withQuery = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}canary=${canaries.query}`;

/** Where the provider delivers to, as its signature may cover. */
function addressOf({ name, rules }: Provider, { url }: SignableEvent): string {
  const request = { method: 'POST', url: `/webhooks/${name}`, headers: new Headers(), body: null };
  return withQuery(url ?? rules.publicUrl?.(request) ?? `https://receiver.test${request.url}`);
}

/** Whether a provider can be told this, and takes what is signed with it. */
async function isTaken(
  factory: AnyFactory,
  options: Readonly<Record<string, unknown>>,
  event: SignableEvent,
  signing: SignOptions,
): Promise<boolean> {
  try {
    const provider = factory(options);
    const delivery = await sign(provider, event, signing);
    const verifier = createReceiver(provider as never, { store: false, logger: false, now: () => NOW });
    await verifier.verify({ ...delivery, headers: new Headers(delivery.headers) });
    return true;
  } catch {
    return false;
  }
}

async function confide(file: string, sample: Sample): Promise<Confidant> {
  const factory = factoryOf(file);
  const event = withCanaries(factory(sample.options), sample);
  const signing = signOptionsOf(sample);
  const options: Record<string, unknown> = { ...sample.options };
  for (const name of SECRETS.filter((each) => typeof options[each] === 'string')) {
    for (const shape of shapes(options[name] as string)) {
      if (!(await isTaken(factory, { ...options, [name]: shape }, event, signing))) continue;
      options[name] = shape;
      break;
    }
  }
  const provider: Confidant['provider'] = (more) => factory({ ...options, ...more });
  const genuine = await sign(provider(), event, signing);
  const told = SECRETS.filter((name) => typeof options[name] === 'string');
  const secrets = Object.assign({}, ...told.map((name) => both(name, options[name] as string)));
  return {
    title: [file, sample.variant].filter(Boolean).join(' '),
    file,
    sample,
    confidential: { ...canaries, ...secrets, ...signaturesOf(provider(), genuine) },
    provider,
    event,
    signing,
    genuine,
  };
}

/** Every provider of the catalogue, in each way in which it delivers, but for those that nobody can imitate. */
export const confidants = (): Promise<readonly Confidant[]> =>
  Promise.all(
    files.flatMap((file) =>
      samplesOf(file)
        .filter(({ unsigned }) => unsigned === undefined)
        .map((sample) => confide(file, sample)),
    ),
  );
