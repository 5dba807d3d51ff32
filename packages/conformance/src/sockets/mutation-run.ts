import { requestBytes } from '@countersign/testing/raw-http';
import { random } from '../crash/random.ts';
import { pause } from './attack.ts';
import { Conversation } from './conversation.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import type { Mount } from './server-options.ts';
import { messageOf, serves, type Target, untilCalm } from './target.ts';

/** What came of many requests that were damaged on their way. */
export interface MutationReport {
  readonly framework: string;
  readonly requests: number;
  /** Answers by status; 0: none, and the connection was closed. */
  readonly told: Readonly<Record<number, number>>;
  readonly wrong: readonly string[];
}

type Chance = () => number;

const SPLICES = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  ':',
  '0',
  '\r\n\r\n',
  'Content-Length: 3\r\n',
  'Transfer-Encoding: chunked\r\n',
  '0\r\n\r\n',
];

/** Ways to damage a request, at any place. */
const damages: readonly ((bytes: Buffer, at: number, chance: Chance) => Buffer)[] = [
  (bytes, at, chance) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(chance() * 8));
    return bytes;
  },
  (bytes, at, chance) => {
    bytes[at] = Math.floor(chance() * 256);
    return bytes;
  },
  (bytes, at, chance) =>
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(chance() * 8))]),
  (bytes, at, chance) => {
    const piece = bytes.subarray(at, at + 1 + Math.floor(chance() * 40));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  (bytes, at, chance) => {
    const splice = SPLICES[Math.floor(chance() * SPLICES.length)] as string;
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(splice, 'latin1'), bytes.subarray(at)]);
  },
  (bytes, at) => bytes.subarray(0, at),
];

function damaged(whole: Buffer, chance: Chance): Buffer {
  let bytes: Buffer = Buffer.from(whole);
  for (let times = 1 + Math.floor(chance() ** 3 * 3); times > 0; times--) {
    const damage = damages[Math.floor(chance() * damages.length)] as (typeof damages)[number];
    bytes = damage(bytes, Math.floor(chance() * bytes.length), chance);
  }
  return bytes;
}

/**
 * Genuine requests with damage anywhere in their bytes. Whatever HTTP makes of them: what runs was signed, and what is
 * told 2xx has run.
 *
 * @param requests how many
 * @param seed determines all of them
 */
export async function mutationRun(
  target: Target,
  { requests, seed }: { readonly requests: number; readonly seed: number },
): Promise<MutationReport> {
  const { server, options } = target;
  const told: Record<number, number> = {};
  const wrong: string[] = [];
  const signed = new Map<string, Delivery>();

  async function one(index: number): Promise<void> {
    const chance = random(seed + index);
    const mount: Mount = index % 2 === 0 ? 'webhook' : 'route';
    const delivery = deliveryOf({ mount });
    signed.set(delivery.id, delivery);
    const conversation = await Conversation.open(server.port);
    const bytes = damaged(requestBytes(delivery, chance() < 0.5 ? 'length' : 'chunked'), chance);
    // One request or two, or none: whatever it is now.
    conversation.note(delivery, false);
    conversation.note(delivery, false);
    await conversation.write(bytes);
    // What is waited for may be missing: it never comes.
    conversation.finish();
    await conversation.hearOut();
    for (const { status, body } of conversation.heard) {
      told[status] = (told[status] ?? 0) + 1;
      if (status >= 200 && status < 300 && !body.includes(delivery.id))
        wrong.push(`request ${index}: told ${status} for what is not it`);
      if (status >= 200 && status < 300) await server.ran(delivery.id);
    }
    if (conversation.heard.length === 0) told[0] = (told[0] ?? 0) + 1;
    conversation.close();
  }

  const queue = Array.from({ length: requests }, (_, index) => index);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        await one(next).catch((error) => wrong.push(`request ${next}: ${messageOf(error)}`));
      }
    }),
  );
  await pause(20);
  for (const [id, runs] of server.runs) {
    const delivery = signed.get(id);
    if (delivery === undefined) continue;
    if (runs.length > 1) wrong.push(`${id} ran ${runs.length} times`);
    if (runs.some(({ digest }) => digest !== delivery.digest))
      wrong.push(`${id} ran with bytes that nobody signed`);
  }
  for (const mount of ['webhook', 'route'] as const) wrong.push(...(await serves(server, mount)));
  const { complaints } = await untilCalm(target);
  wrong.push(...complaints, ...server.complaints);
  return { framework: options.framework, requests, told, wrong };
}
