import { type BodyDecoder, gather, pulled } from './body.ts';
import { isFailure, WebhookError } from './errors.ts';

const formats = new Set(['gzip', 'deflate']);

/**
 * For senders that compress their bodies and sign what was there before. Stops at the receiver's limit, so a small
 * body cannot become a large one. Never Brotli: its decoder has had a hole in unpatched runtimes (CVE-2026-111497).
 *
 * @example
 * ```ts
 * const acme = defineProvider({
 *   name: 'acme',
 *   scheme: hmac({ header: 'x-acme-signature', hash: 'sha256', encoding: 'hex', content: ['body'] }),
 *   decoder: inflate,
 * });
 * ```
 */
export const inflate: BodyDecoder = (body, encoding, limit) =>
  formats.has(encoding) ? inflateBytes(body, encoding as CompressionFormat, limit) : undefined;

async function inflateBytes(body: Uint8Array, format: CompressionFormat, limit: number): Promise<Uint8Array> {
  const stream = new Blob([body as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const { take, whole } = gather(limit);
  try {
    await pulled(() => reader.read())(take);
    return whole();
  } catch (error) {
    void reader.cancel().catch(() => {});
    if (isFailure(error)) throw error;
    throw new WebhookError('ERR_WEBHOOK_BODY_ENCODING', `the body says it is ${format} and is not`, {
      cause: error,
    });
  }
}
