import type { Delivery } from './oracle.ts';

const encoder = new TextEncoder();

/** The bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The body as vendors' examples read it when an SDK wants a string: lossy where it is not UTF-8. */
export function text(delivery: Delivery): string {
  return Buffer.from(delivery.body).toString('utf8');
}

/** A header's value; throws when it is missing or empty, as every SDK here refuses both. */
export function header(delivery: Delivery, name: string): string {
  for (const [key, value] of Object.entries(delivery.headers)) {
    if (key.toLowerCase() === name && value !== '') return value;
  }
  throw new Error(`The delivery has no ${name} header.`);
}

/** An SDK says no by returning false or by throwing, whatever it throws. */
export async function verdict(ask: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch {
    return false;
  }
}
