import { base64UrlBytes } from './jwks.ts';

/** A JWS whose payload is sent apart (RFC 7515 appendix F): `header..signature`. */
export interface DetachedJws {
  /** As sent: a part of what is signed. */
  readonly protected: string;
  readonly header: { readonly alg?: unknown; readonly kid?: unknown; readonly crit?: unknown };
  readonly signature: Uint8Array;
}

const FORM = /^([\w-]+)\.\.([\w-]+)$/;

/** Strict: two parts in base64url, canonical, and a header that is an object. */
export function detachedJws(text: string): DetachedJws | undefined {
  const [, head, signature] = FORM.exec(text) ?? [];
  if (head === undefined || signature === undefined) return undefined;
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(base64UrlBytes(head)));
    if (typeof header !== 'object' || header === null) return undefined;
    const bytes = base64UrlBytes(signature);
    // One spelling: the unused bits of the last letter are zero.
    return base64Url(bytes) === signature ? { protected: head, header, signature: bytes } : undefined;
  } catch {
    return undefined;
  }
}

export const base64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
