import { type RawRequest, requestBytes } from '@countersign/testing/raw-http';
import { random } from '../crash/random.ts';
import { pause } from './attack.ts';
import { Conversation } from './conversation.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { judge } from './judge.ts';
import type { Mount } from './server-options.ts';
import { messageOf, type Target, untilCalm } from './target.ts';

/** What came of many random connections. */
export interface ConversationReport {
  readonly framework: string;
  readonly connections: number;
  readonly requests: number;
  /** Answers by status. */
  readonly told: Readonly<Record<number, number>>;
  readonly wrong: readonly string[];
}

interface Part {
  readonly delivery: Delivery;
  readonly framing: 'length' | 'chunked';
  /** What it must be told. */
  expected: readonly number[];
}

type Chance = () => number;

const pickFrom = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(chance() * items.length)] as Item;

const wrongly = (delivery: Delivery): Delivery => ({ ...delivery, isGenuine: false });

/** What a sender may say, and what it is told then. */
const kinds: readonly ((mount: Mount, limit: number) => readonly [Delivery, ...number[]])[] = [
  (mount) => [deliveryOf({ mount }), 200],
  (mount) => [deliveryOf({ mount, size: 30_000 }), 200],
  (mount) => [deliveryOf({ mount, forged: true }), 401],
  (mount) => [deliveryOf({ mount, throws: true }), 500],
  (mount) => [wrongly(deliveryOf({ mount, body: Buffer.from('[') })), 400],
  (mount, limit) => [wrongly(deliveryOf({ mount, size: limit + 1000 })), 413],
  (mount) => [wrongly(deliveryOf({ mount, headers: [['Content-Encoding', 'br']] })), 415],
  (mount) => [deliveryOf({ mount, method: 'HEAD', body: Buffer.alloc(0) }), 405],
  (mount) => [deliveryOf({ mount, method: 'OPTIONS' }), 405],
  (mount) => [deliveryOf({ mount, method: 'PUT' }), 405],
];

/** A body with a length is read a turn later than one in chunks: sent together, the copy behind it may come first. */
function overtakenBy(copy: Delivery, before: readonly Part[]): void {
  for (const part of before) {
    if (part.delivery === copy && part.framing === 'length') part.expected = [...part.expected, 503];
  }
}

function partsOf(chance: Chance, mount: Mount, limit: number): readonly Part[] {
  const parts: Part[] = [];
  for (let left = 1 + Math.floor(chance() * 8); left > 0; left--) {
    const framing = pickFrom(chance, ['length', 'chunked'] as const);
    const earlier = parts.filter(({ delivery }) => delivery.isGenuine);
    if (earlier.length > 0 && chance() < 0.15) {
      // The same again: handled by now, or still being handled, or free to run again.
      const { delivery } = pickFrom(chance, earlier);
      if (framing === 'chunked') overtakenBy(delivery, parts);
      parts.push({ delivery, framing, expected: [200, 503, 500] });
      continue;
    }
    const [delivery, ...expected] = pickFrom(chance, kinds)(mount, limit);
    parts.push({ delivery, framing, expected });
  }
  return parts;
}

/** Bytes in pieces of any size, so that a request ends anywhere in a packet. */
async function* pieces(chance: Chance, bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + Math.floor(chance() ** 4 * bytes.length * 1.2);
    yield bytes.subarray(at, at + size);
    at += size;
    if (chance() < 0.3) await pause(chance() * 3);
  }
}

/** One connection: so many requests, pipelined in pieces; sometimes it is cut before the end. */
async function converse(target: Target, chance: Chance, mount: Mount): Promise<[Conversation, string[]]> {
  const parts = partsOf(chance, mount, target.options.limit);
  const bytes = Buffer.concat(
    parts.map(({ delivery, framing }) => requestBytes(delivery as RawRequest, framing)),
  );
  const isCut = chance() < 0.15;
  const sent = isCut ? bytes.subarray(0, Math.floor(chance() * bytes.length)) : bytes;
  const conversation = await Conversation.open(target.server.port);
  const wrong: string[] = [];
  for (const { delivery } of parts) conversation.note(delivery, !isCut);
  for await (const piece of pieces(chance, sent)) await conversation.write(piece);
  const isReset = isCut && chance() < 0.5;
  if (isReset) conversation.abort();
  else if (isCut) conversation.finish();
  try {
    if (isCut && !isReset) await conversation.hearOut();
    if (!isCut) await conversation.hearAll();
  } catch (error) {
    wrong.push(messageOf(error));
  }
  for (const [index, { status }] of conversation.heard.entries()) {
    const expected = parts[index]?.expected ?? [];
    // What is cut off is refused, wherever that was.
    if (isCut && status === 400) continue;
    if (!expected.includes(status)) wrong.push(`answer ${index} is ${status}, not ${expected.join(' or ')}`);
  }
  return [conversation, wrong];
}

/**
 * Random requests on many connections at once, each answered by its own answer, in order.
 *
 * @param connections how many in all
 * @param seed determines all of them
 */
export async function conversationRun(
  target: Target,
  { connections, seed }: { readonly connections: number; readonly seed: number },
): Promise<ConversationReport> {
  const { server, options } = target;
  const told: Record<number, number> = {};
  const wrong: string[] = [];
  let requests = 0;

  async function one(index: number): Promise<void> {
    const mount = index % 2 === 0 ? 'webhook' : 'route';
    const [conversation, complaints] = await converse(target, random(seed + index), mount);
    complaints.push(...(await judge(conversation, server).catch((error) => [messageOf(error)])));
    for (const { status } of conversation.heard) told[status] = (told[status] ?? 0) + 1;
    requests += conversation.sent.length;
    wrong.push(...complaints.map((complaint) => `connection ${index}: ${complaint}`));
    conversation.close();
  }

  const queue = Array.from({ length: connections }, (_, index) => index);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) await one(next);
    }),
  );
  const { complaints } = await untilCalm(target);
  wrong.push(...complaints, ...server.complaints);
  return { framework: options.framework, connections, requests, told, wrong };
}
