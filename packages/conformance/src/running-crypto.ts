import { hmac } from '@countersign/core';

/** What the engine really runs on here: only WebCrypto answers later. */
export function runningCrypto(): 'node' | 'web' {
  const probe = hmac({ header: '-', hash: 'sha256', encoding: 'hex', content: [] }).key(new Uint8Array(1));
  return probe.sign?.([]) instanceof Promise ? 'web' : 'node';
}
