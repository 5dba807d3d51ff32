import type { Envelope } from '@countersign/core';
import { isInnerList, parseDictionary, serializeByteSequence } from 'structured-headers';
import type { HttpMessage } from './http-message.ts';
import { signatureBase } from './signature-base.ts';

/** The request as its sender addressed it. */
export const requestOf = ({ request, url }: Envelope): HttpMessage => ({
  method: request.method,
  url,
  headers: request.headers,
});

/** For tests: the Signature field for the first label of Signature-Input. */
export async function signatureField(
  envelope: Envelope,
  sign: (base: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const inputs = parseDictionary(envelope.request.headers.get('signature-input') ?? '');
  const [[label, covered] = ['', undefined]] = inputs;
  if (covered === undefined || !isInnerList(covered)) throw new Error('there is no Signature-Input to sign');
  const signature = await sign(signatureBase(requestOf(envelope), covered));
  return new TextEncoder().encode(`${label}=${serializeByteSequence(signature.slice().buffer)}`);
}
