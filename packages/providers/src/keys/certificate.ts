import { derElements, inside } from './der-element.ts';
import { derTime } from './der-time.ts';
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

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const VERSION = 0xa0;
const COMMON_NAME = '85,4,3';

/** A name that is not ASCII, or UTF-8, is nobody's that is looked for. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function commonNameOf(subject: Uint8Array): string | undefined {
  const names = derElements(subject).flatMap(({ tag, content }) => (tag === SET ? derElements(content) : []));
  const found = names
    .map(({ content }) => derElements(content))
    .filter(([type]) => type?.tag === OID && String(type.content) === COMMON_NAME);
  return found.length === 1 && found[0]?.[1] ? utf8.decode(found[0][1].content) : undefined;
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
  const [outer, ...rest] = derElements(base64Bytes(armoured));
  const [body] = inside(outer);
  const fields = inside(body);
  const [, , , validity, subject, spki] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  const [notBefore, notAfter] = inside(validity);
  if (!subject || spki?.tag !== SEQUENCE || !notBefore || !notAfter || rest.length > 0)
    throw new TypeError('this is no certificate');
  return {
    spki: spki.whole,
    commonName: commonNameOf(subject.content),
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
  };
}
