import type { ScriptClient } from './redis-client.ts';

const hashes = new Map<string, string>();

/** WebCrypto, because the Upstash client runs where Node does not. */
async function hashOf(script: string): Promise<string> {
  const known = hashes.get(script);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(script));
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  hashes.set(script, hash);
  return hash;
}

/**
 * Clients hang the whole command on an error, or write it into the message: a token, and the answer of a handler,
 * would end in the log.
 */
function withoutCommand(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, cause } = error;
  const [message] = error.message.split(', command was: ');
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { name });
}

// Upstash's automatic pipeline puts words of its own before the server's.
const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && /^(?:Command failed: )?NOSCRIPT\b/.test(error.message);

async function send(
  client: ScriptClient,
  script: string,
  key: string,
  args: string[],
  signal?: AbortSignal,
): Promise<unknown> {
  const hash = await hashOf(script);
  signal?.throwIfAborted();
  try {
    return await client.evalsha(hash, key, args, signal);
  } catch (error) {
    if (!isUnknownScript(error)) throw withoutCommand(error);
  }
  signal?.throwIfAborted();
  try {
    // The server keeps what it has evaluated: from here on the hash is enough.
    return await client.eval(script, key, args, signal);
  } catch (error) {
    throw withoutCommand(error);
  }
}

/**
 * Runs a script by its hash, and by its text where the server does not know it yet. Rejects as soon as `signal` is
 * aborted; an answer that comes after that is dropped.
 */
export async function runScript(
  client: ScriptClient,
  script: string,
  key: string,
  args: string[],
  signal?: AbortSignal,
): Promise<string> {
  const work = send(client, script, key, args, signal);
  if (signal === undefined) return String(await work);
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return String(await Promise.race([work, aborted]));
  } finally {
    signal.removeEventListener('abort', stop as () => void);
  }
}
