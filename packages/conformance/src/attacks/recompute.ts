import { createHmac } from 'node:crypto';
import type { Delivery } from '@countersign/testing';
import { isNear } from './near.ts';
import type { VendorFact } from './vendor-facts.ts';

const keyOf = ({ key }: VendorFact, secret: string): Buffer =>
  Buffer.from(key === 'base64' ? secret.replace(/^whsec_/, '') : secret, key ?? 'utf8');

/** The vendor's own computation, with Node's HMAC. */
function signatureOver(fact: VendorFact, secret: string, time: string, delivery: Delivery): string {
  const { method, url, headers, body } = delivery;
  const mac = createHmac(fact.hash, keyOf(fact, secret));
  const signed: Readonly<Record<string, string | Uint8Array>> = {
    I: headers[fact.id ?? ''] ?? '',
    T: time,
    B: body,
    U: url,
    M: method,
  };
  for (const part of fact.content) mac.update(signed[part] ?? part);
  return mac.digest(fact.encoding);
}

interface Signed {
  readonly time: string;
  readonly signatures: readonly string[];
}

function readPairs(text: string, [separator, time, signature]: NonNullable<VendorFact['pairs']>): Signed {
  const entries = text
    .split(separator)
    .map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]);
  const valuesOf = (name: string) => entries.flatMap(([key, value]) => (key === name ? [value ?? ''] : []));
  const times = valuesOf(time);
  return { time: times.length === 1 ? (times[0] as string) : '', signatures: valuesOf(signature) };
}

function read(fact: VendorFact, headers: Delivery['headers']): Signed {
  const text = headers[fact.header] ?? '';
  if (fact.pairs) return readPairs(text, fact.pairs);
  const { prefix = '' } = fact;
  const time = fact.time === undefined ? '' : (headers[fact.time] ?? '');
  const items = fact.isList ? text.split(' ') : [text];
  const ours = items.filter((item) => item.startsWith(prefix));
  return { time, signatures: ours.map((item) => item.slice(prefix.length)) };
}

/** `respelled`: the right signature, among others or in a text that the vendor would not have written. */
export type Verdict = 'genuine' | 'respelled' | 'forged';

/** What the vendor itself would say of this, now, worked out without the engine. */
export function verdictOn(fact: VendorFact, secret: string, delivery: Delivery, now: number): Verdict {
  const { headers } = delivery;
  const { time, signatures } = read(fact, headers);
  if (fact.unit !== undefined && !isNear(time, fact.unit, now)) return 'forged';
  if (!signatures.includes(signatureOver(fact, secret, time, delivery))) return 'forged';
  const written = resigned(fact, secret, delivery, time).headers[fact.header];
  return written === headers[fact.header] ? 'genuine' : 'respelled';
}

/** A delivery signed anew by the vendor's computation, at whatever time it is told. */
export function resigned(fact: VendorFact, secret: string, delivery: Delivery, time: string): Delivery {
  const signature = signatureOver(fact, secret, time, delivery);
  const headers: Record<string, string> = { ...delivery.headers };
  if (fact.time !== undefined) headers[fact.time] = time;
  const [separator = '', name = '', label = ''] = fact.pairs ?? [];
  headers[fact.header] = fact.pairs
    ? `${name}=${time}${separator}${label}=${signature}`
    : (fact.prefix ?? '') + signature;
  return { ...delivery, headers };
}
