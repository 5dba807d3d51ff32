import { base64Bytes } from './spki.ts';

/** What of an X.509 certificate (RFC 5280 section 4.1) is looked at. Its own signature is not checked here. */
export interface Certificate {
  readonly spki: Uint8Array;
  /** The subject's common name. */
  readonly commonName: string | undefined;
  /** Unix ms. */
  readonly notBefore: number;
  readonly notAfter: number;
}

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly content: Uint8Array;
  readonly end: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const COMMON_NAME = '85,4,3';

/** One DER element: definite, whole, its length as short as can be. */
function elementAt(der: Uint8Array, start: number, tag?: number): Element {
  const first = der[start + 1] ?? 0;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  let length = octets === 0 ? first : 0;
  for (let at = 0; at < octets; at++) length = length * 256 + (der[start + 2 + at] ?? 0);
  const from = start + 2 + octets;
  const isShortest = octets === 0 || (octets <= 3 && length >= 0x80 && (der[start + 2] ?? 0) !== 0);
  const found = der[start];
  if (
    found === undefined ||
    !isShortest ||
    from + length > der.length ||
    (tag !== undefined && found !== tag)
  ) {
    throw new TypeError('this is no certificate');
  }
  return { tag: found, start, content: der.subarray(from, from + length), end: from + length };
}

function elementsOf(content: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < content.length; at = (elements.at(-1) as Element).end)
    elements.push(elementAt(content, at));
  return elements;
}

const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

function timeOf({ tag, content }: Element): number {
  const short = latin(content);
  const century = tag === UTC_TIME ? (Number(short.slice(0, 2)) < 50 ? '20' : '19') : '';
  const [, year, month, day, hour, minute, second] = TIME.exec(century + short) ?? [];
  if ((tag !== UTC_TIME && tag !== GENERALIZED_TIME) || second === undefined) {
    throw new TypeError('this certificate has no readable time');
  }
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function commonNameOf(subject: Uint8Array): string | undefined {
  const names = elementsOf(subject).flatMap(({ tag, content }) => (tag === SET ? elementsOf(content) : []));
  const found = names
    .map(({ content }) => elementsOf(content))
    .filter(([type]) => type?.tag === OID && String(type.content) === COMMON_NAME);
  return found.length === 1 && found[0]?.[1] ? new TextDecoder().decode(found[0][1].content) : undefined;
}

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/;

/**
 * Reads the first certificate of a PEM.
 *
 * @throws TypeError for what is none
 */
export function certificateOf(text: string): Certificate {
  const armoured = PEM.exec(text)?.[1];
  if (armoured === undefined) throw new TypeError('there is no certificate');
  const outer = elementAt(base64Bytes(armoured), 0, SEQUENCE);
  const body = elementAt(outer.content, 0, SEQUENCE).content;
  const fields = elementsOf(body);
  const [, , , validity, subject, spki] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  const [notBefore, notAfter] = elementsOf(validity?.content ?? new Uint8Array());
  if (!subject || spki?.tag !== SEQUENCE || !notBefore || !notAfter)
    throw new TypeError('this is no certificate');
  return {
    spki: body.subarray(spki.start, spki.end),
    commonName: commonNameOf(subject.content),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
  };
}
