import type { Scheme } from '@countersign/core';

const binary = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const encoders: Record<Scheme['encoding'], (bytes: Uint8Array) => string> = {
  hex,
  'hex-any': hex,
  base64: (bytes) => btoa(binary(bytes)),
  base64url: (bytes) => btoa(binary(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  text: (bytes) => new TextDecoder().decode(bytes),
};

/** A signature as the scheme writes it, with the timestamp in the fields beside it. */
export function encodeSignature(
  { encoding, grammar }: Scheme,
  signature: Uint8Array,
  timestamp = '',
): string {
  const text = encoders[encoding](signature);
  const { pairs, labels, list, prefix = '' } = grammar;
  if (pairs) {
    const fields = (pairs.fields ?? []).map((field) => `${field}=${timestamp}`);
    return [...fields, `${pairs.signature}=${text}`].join(pairs.separator);
  }
  if (list) return [...list.fields.map(() => timestamp), text].join(list.separator);
  return labels ? `${labels.label},${text}` : prefix + text;
}
