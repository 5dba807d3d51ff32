import type { Delivery } from '@countersign/testing';
import { NOW } from '../privacy/confidants.ts';
import { below, type Chance, pick } from './pick.ts';
import { resigned } from './recompute.ts';
import type { Target } from './target.ts';

/** A delivery made to deceive a target; `undefined`: there is nothing to do so with. */
export type Attack = (target: Target, chance: Chance, other: Target) => Delivery | undefined;

const respell =
  (change: (text: string, chance: Chance) => string): Attack =>
  ({ genuine, header }, chance) => {
    if (header === undefined) return undefined;
    const text = genuine.headers[header] ?? '';
    const changed = change(text, chance);
    return changed === text ? undefined : { ...genuine, headers: { ...genuine.headers, [header]: changed } };
  };

const rebody =
  (change: (body: Uint8Array, chance: Chance) => Uint8Array): Attack =>
  ({ genuine, signsBody }, chance) =>
    signsBody && genuine.body.length > 0 ? { ...genuine, body: change(genuine.body, chance) } : undefined;

const retime =
  (times: readonly string[]): Attack =>
  ({ genuine, fact, secret }, chance) =>
    fact?.unit && resigned(fact, secret, genuine, pick(chance, times));

const LAST = /[A-Za-z0-9+/_-](?==*$)/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const flipped = (bytes: Uint8Array, chance: Chance): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  if (changed.length > 0) {
    const at = below(chance, changed.length);
    changed[at] = (changed[at] as number) ^ (1 << below(chance, 8));
  }
  return changed;
};

const flippedText = (text: string, chance: Chance): string => {
  const at = below(chance, text.length);
  return (
    text.slice(0, at) +
    String.fromCharCode(text.charCodeAt(at) ^ (1 << below(chance, 7))) +
    text.slice(at + 1)
  );
};

const seconds = NOW / 1000;
const joined = (...chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));
const text = (letters: string): Uint8Array => new Uint8Array(Buffer.from(letters));

/** By name. The signature of the delivery, its body, its time, or another provider's delivery. */
export const attacks: Readonly<Record<string, Attack>> = {
  'as it was sent': ({ genuine }) => genuine,
  'a bit of the signature': respell(flippedText),
  'a signature cut off': respell((sent, chance) => sent.slice(0, below(chance, sent.length))),
  'a signature with more behind it': respell(
    (sent, chance) => sent + pick(chance, ['0', 'A', '=', '==', '00', ',', ';']),
  ),
  'upper case': respell((sent) => sent.replace(/[0-9a-f]{32,}$/, (digits) => digits.toUpperCase())),
  'url-safe base64': respell((sent) => sent.replaceAll('+', '-').replaceAll('/', '_')),
  'base64 unpadded': respell((sent) => sent.replace(/=+$/, '')),
  'unused bits of base64': respell((sent) =>
    sent.endsWith('=') ? sent.replace(LAST, (letter) => ALPHABET[ALPHABET.indexOf(letter) + 1] ?? '') : sent,
  ),
  'space in the signature': respell((sent, chance) => {
    const at = below(chance, sent.length + 1);
    return sent.slice(0, at) + pick(chance, [' ', '\t', '\n', '\r\n', '\u00a0', '\u2003']) + sent.slice(at);
  }),
  'a byte order mark': respell((sent) => `\ufeff${sent}`),
  'NUL and beyond ASCII': respell(
    (sent, chance) => sent + pick(chance, ['\0', 'é', '\u0131', '٣', '\ud800']),
  ),
  'right first, wrong second': respell((sent) => `${sent}, ${sent.replace(/[0-9a-zA-Z](?=.{4}$)/, 'Q')}`),
  'wrong first, right second': respell((sent) => `${sent.replace(/[0-9a-zA-Z](?=.{4}$)/, 'Q')}, ${sent}`),
  nothing: respell((_, chance) =>
    pick(chance, ['', ' ', '=', ',', 'null', 'undefined', 'sha256=', '__proto__']),
  ),
  'a header of many items': respell((sent, chance) =>
    Array(pick(chance, [17, 500, 5000]))
      .fill(sent)
      .join(','),
  ),
  'a bit of the body': rebody(flipped),
  'a body cut off': rebody((body, chance) => body.slice(0, below(chance, body.length))),
  'a body with more behind it': rebody((body, chance) =>
    joined(body, text(pick(chance, [' ', '\n', '\0', '$&', '$$']))),
  ),
  'a body behind a byte order mark': rebody((body) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), body)),
  'another order of replacement patterns': rebody((body) => joined(text("$&$$$`$'"), body)),
  'a letter of the id': ({ genuine, fact }, chance) => {
    const id = fact?.id === undefined ? undefined : genuine.headers[fact.id];
    if (fact?.id === undefined || id === undefined) return undefined;
    return { ...genuine, headers: { ...genuine.headers, [fact.id]: flippedText(id, chance) } };
  },
  'a time moved into the id': ({ genuine, fact }) => {
    if (fact?.id === undefined || fact.time === undefined) return undefined;
    const { [fact.id]: id = '', [fact.time]: time = '' } = genuine.headers;
    const headers = { ...genuine.headers, [fact.id]: `${id}.${time}`, [fact.time]: '' };
    return { ...genuine, headers };
  },
  'a time moved into the body': ({ genuine, fact }) => {
    const time = fact?.time === undefined ? undefined : genuine.headers[fact.time];
    if (fact?.time === undefined || time === undefined) return undefined;
    const headers = { ...genuine.headers, [fact.time]: time.slice(0, -1) };
    return { ...genuine, headers, body: joined(text(time.slice(-1)), genuine.body) };
  },
  'a time long ago or far away': retime([
    String(seconds - 86_400),
    String(seconds + 86_400),
    String(NOW - 86_400_000),
    '0',
  ]),
  'a time in another unit': ({ genuine, fact, secret }) =>
    fact?.unit && resigned(fact, secret, genuine, String(fact.unit === 's' ? NOW : seconds)),
  'a time that is none': retime([
    '',
    `-${seconds}`,
    `+${seconds}`,
    `${seconds}.0`,
    `${seconds}e0`,
    `0x${seconds.toString(16)}`,
    `0${seconds}`,
    `${seconds} `,
    '٤٢',
    'NaN',
    'Infinity',
    '9'.repeat(400),
  ]),
  // By our method: one that is not ours is refused whatever it brings.
  'the delivery of another': ({ fact, genuine: { method } }, _chance, { genuine }) =>
    fact && { ...genuine, method },
  "another's, under our header": ({ fact, header, genuine: { method } }, _chance, other) => {
    if (!fact || header === undefined || other.header === undefined) return undefined;
    const { genuine } = other;
    const headers = { ...genuine.headers, [header]: genuine.headers[other.header] ?? '' };
    return { ...genuine, method, headers };
  },
  'our signature over the body of another': ({ fact, genuine }, _chance, other) =>
    fact && { ...genuine, body: other.genuine.body },
  'signed with our secret as another signs': ({ fact, genuine, secret, header }, _chance, other) => {
    if (!fact || !other.fact || header === undefined) return undefined;
    const signed = resigned(other.fact, secret, genuine, String(other.fact.unit === 'ms' ? NOW : seconds));
    return { ...signed, headers: { ...signed.headers, [header]: signed.headers[other.fact.header] ?? '' } };
  },
};
