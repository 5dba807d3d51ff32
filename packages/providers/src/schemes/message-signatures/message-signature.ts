import {
  type Chunk,
  type Envelope,
  ecdsa,
  ed25519,
  hmac,
  misconfigured,
  type Proof,
  rsa,
  type Scheme,
  type SchemeKey,
} from '@countersign/core';
import {
  type Dictionary,
  type InnerList,
  isInnerList,
  parseDictionary,
  serializeByteSequence,
} from 'structured-headers';
import { exactText } from '../exact-text.ts';
import { ComponentError } from './component-value.ts';
import { matchesContentDigest } from './content-digest.ts';
import { draftSignature } from './draft-signature.ts';
import { type SignaturePolicy, satisfies } from './policy.ts';
import { signatureBase } from './signature-base.ts';
import { requestOf, signatureField } from './signature-field.ts';

const place = { header: 'signature', encoding: 'base64', content: [] } as const;

/** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410 section 4). */
const ED25519_HEAD = 12;

const curve25519 = ed25519({ ...place, publicKey: { encoding: 'spki' } });

/** RFC 9421 section 3.3. */
const algorithms = {
  'hmac-sha256': hmac({ ...place, hash: 'sha256', secret: { encoding: 'base64' } }),
  ed25519: {
    ...curve25519,
    secret: { encoding: 'spki', length: 44 },
    key: (spki) => curve25519.key(spki.subarray(ED25519_HEAD)),
  },
  'ecdsa-p256-sha256': ecdsa({ ...place, curve: 'P-256', hash: 'sha256', form: 'raw' }),
  'ecdsa-p384-sha384': ecdsa({ ...place, curve: 'P-384', hash: 'sha384', form: 'raw' }),
  'rsa-pss-sha512': rsa({ ...place, hash: 'sha512', padding: 'pss' }),
  'rsa-v1_5-sha256': rsa({ ...place, hash: 'sha256', padding: 'pkcs1' }),
} satisfies Record<string, Scheme<'secret' | 'publicKey'>>;

export type MessageAlgorithm = keyof typeof algorithms;

/** More than any chain of intermediaries adds. */
const MAX_LABELS = 16;
/** Of one signature: each is looked up, and may be a member of a long field that is parsed for it. */
const MAX_COMPONENTS = 64;
const MAX_INPUT = 8192;

/** A member begins so; in a quoted text too, where no label is likely to stand. */
const MEMBER = /(?:^|,)[ \t]*([a-z*][a-z0-9_.*-]*)=/g;

/** Parsers take the last of several members of one name. Here they make the whole field say nothing. */
function hasRepeated(text: string): boolean {
  const labels = Array.from(text.matchAll(MEMBER), ([, label]) => label);
  return new Set(labels).size < labels.length;
}

/** A dictionary, or none: what is not written as one signs nothing. */
function dictionaryOf(text: string | null): Dictionary {
  try {
    return parseDictionary(text === null || text.length > MAX_INPUT || hasRepeated(text) ? '' : text);
  } catch {
    return new Map();
  }
}

const coversDigest = ([components]: InnerList): boolean =>
  components.some(([name, parameters]) => name === 'content-digest' && parameters.size === 0);

class MessageKey implements SchemeKey {
  readonly #key: SchemeKey;
  readonly #policy: SignaturePolicy;
  /** A public key signs nothing. */
  readonly sign?: (content: readonly Chunk[], envelope?: Envelope) => Promise<Uint8Array>;

  constructor(key: SchemeKey, policy: SignaturePolicy) {
    this.#key = key;
    this.#policy = policy;
    const { sign } = key;
    if (sign)
      this.sign = async (_content, envelope) =>
        signatureField(envelope as Envelope, async (base) => sign.call(key, [base], envelope));
  }

  async verify(_content: readonly Chunk[], envelope: Envelope): Promise<boolean | Proof> {
    const { request, body, signatures, now } = envelope;
    const inputs = dictionaryOf(request.headers.get('signature-input'));
    if (inputs.size > MAX_LABELS) return false;
    const text = exactText(signatures[0]);
    const sent = dictionaryOf(text);
    for (const [label, covered] of inputs) {
      const [signature] = sent.get(label) ?? [];
      if (!isInnerList(covered) || !(signature instanceof ArrayBuffer)) continue;
      if (covered[0].length > MAX_COMPONENTS) continue;
      // One spelling: unused bits of its last letter are zero.
      if (!text.includes(`${label}=${serializeByteSequence(signature)}`)) continue;
      if (!satisfies(this.#policy, covered, body.length > 0, now)) continue;
      const base = this.#baseOf(envelope, covered);
      const one = { ...envelope, signatures: [new Uint8Array(signature)] };
      if (base === undefined || !(await this.#key.verify([base], one))) continue;
      // Also when there is no body: one may have been taken away.
      if (coversDigest(covered) && !(await this.#isBodyOf(envelope))) continue;
      const fields = [...covered[1]].map(([name, value]) => [name, String(value)]);
      return { fields: Object.fromEntries(fields), content: [base] };
    }
    return false;
  }

  #baseOf(envelope: Envelope, covered: InnerList): string | undefined {
    try {
      return signatureBase(requestOf(envelope), covered);
    } catch (error) {
      if (error instanceof ComponentError) return undefined;
      throw error;
    }
  }

  async #isBodyOf({ request, body }: Envelope): Promise<boolean> {
    try {
      return await matchesContentDigest(request.headers.get('content-digest') ?? '', body);
    } catch {
      return false;
    }
  }
}

export interface MessageSignatureOptions {
  readonly algorithm: MessageAlgorithm | undefined;
  readonly publicKey: unknown;
  readonly require: readonly string[];
  readonly tag: string | undefined;
}

/** One of the algorithms of RFC 9421, under a policy of what must be covered. */
export function messageSignature(options: MessageSignatureOptions): Scheme<'secret' | 'publicKey'> {
  const { require, tag } = options;
  if (options.publicKey !== undefined && options.algorithm === undefined) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', 'publicKey needs `algorithm`, such as "ed25519"');
  }
  const { algorithm = 'hmac-sha256' } = options;
  const inner: Scheme<'secret' | 'publicKey'> | undefined = algorithms[algorithm];
  if (inner === undefined) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      `algorithm is one of ${Object.keys(algorithms).join(', ')}`,
    );
  }
  return {
    kind: 'http-message-signature',
    option: inner.option as 'secret' | 'publicKey',
    secret: inner.secret,
    grammar: { header: 'signature' },
    encoding: 'text',
    covers: ['method', 'url', 'body'],
    claims: ['created', 'expires', 'nonce', 'keyid', 'tag'],
    key: (bytes) => new MessageKey(inner.key(bytes), { algorithm, require, tag }),
    prepare: (draft) => draftSignature(draft, { require, tag }),
  };
}
