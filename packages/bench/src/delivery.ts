import { bodyOf } from './bodies.ts';
import { type SenderName, senders } from './senders.ts';

/** Signed bytes with their headers, in every form in which somebody here takes them. */
export interface Delivery {
  readonly sender: SenderName;
  readonly id: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function deliveryOf(sender: SenderName, bytes: number, id: string): Delivery {
  const body = bodyOf(bytes, id);
  return { sender, id, body, headers: senders[sender].sign(body, id) };
}

/** The same with one byte changed: nobody may take it. */
export function tampered(delivery: Delivery): Delivery {
  const body = Buffer.from(delivery.body);
  body[body.length >> 1] = (body[body.length >> 1] as number) ^ 1;
  return { ...delivery, body };
}
