import { random } from '../crash/random.ts';
import { Conversation } from './conversation.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import type { Framework, MiddlewareFacts } from './frameworks/framework.ts';
import { judge } from './judge.ts';
import { pathOf } from './server-options.ts';
import { messageOf, type Target, untilCalm } from './target.ts';

/** What stands around an endpoint, and what is sent to it. */
interface Arrangement {
  readonly mount: 'webhook' | 'route';
  readonly before: readonly string[];
  readonly behind: readonly string[];
  readonly contentType: string | undefined;
  readonly framing: 'length' | 'chunked';
  readonly isForged: boolean;
}

export interface OrderReport {
  readonly framework: string;
  readonly orders: number;
  readonly deliveries: number;
  /** Answers by status. */
  readonly told: Readonly<Record<number, number>>;
  readonly wrong: readonly string[];
}

const CONTENT_TYPES = [
  'application/json',
  'text/plain; charset=latin1',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  undefined,
];

/** Every order of so many of the names, without repeats. */
function ordersOf(names: readonly string[], length: number): readonly (readonly string[])[] {
  if (length === 0) return [[]];
  return names.flatMap((first) =>
    ordersOf(
      names.filter((name) => name !== first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}

/** What a middleware says that stumbles over a body that is gone. */
const STUMBLES = [400, 413, 499, 500];

/** Those that a mark of an earlier one does not keep from their work. */
function unmarked(middleware: readonly MiddlewareFacts[]): readonly MiddlewareFacts[] {
  const first = middleware.findIndex(({ marks }) => marks);
  return middleware.filter(({ minds }, at) => !minds || at <= first);
}

/**
 * What must become of a genuine delivery: the first middleware that takes its body decides, and none that stands
 * behind the webhook has a say, unless it stumbles.
 */
function verdictOf(
  middleware: Readonly<Record<string, MiddlewareFacts>>,
  { before, behind, contentType, isForged }: Arrangement,
): readonly number[] {
  const factsOf = (names: readonly string[]) => names.map((name) => middleware[name] as MiddlewareFacts);
  const inFront = unmarked(factsOf(before));
  const first = inFront.findIndex(({ takes }) => takes(contentType));
  const mayStumble =
    (first >= 0 && inFront.slice(first + 1).some(({ stumbles }) => stumbles !== undefined)) ||
    (!isForged && factsOf(behind).some(({ stumbles }) => stumbles === 'always'));
  const also = mayStumble ? STUMBLES : [];
  const leaves = inFront[first]?.leaves ?? 'bytes';
  if (leaves === 'refusal') return [413];
  if (leaves === 'nothing') return [500, ...also];
  return [isForged ? 401 : 200, ...also];
}

async function send(
  target: Target,
  framework: Framework,
  arrangement: Arrangement,
): Promise<readonly [number, string[]]> {
  const { mount, before, behind, contentType, framing, isForged } = arrangement;
  const delivery: Delivery = deliveryOf({
    mount,
    contentType,
    forged: isForged,
    path: pathOf(mount, before, behind),
  });
  const { server } = target;
  const wrong: string[] = [];
  const conversation = await Conversation.open(server.port);
  try {
    await conversation.send(delivery, framing);
    await conversation.hear();
    wrong.push(...(await judge(conversation, server)));
  } catch (error) {
    wrong.push(messageOf(error));
  }
  conversation.close();
  const status = conversation.heard[0]?.status ?? 0;
  const expected = verdictOf(framework.middleware, arrangement);
  if (!expected.includes(status)) wrong.push(`told ${status}, not ${expected.join(' or ')}`);
  const label = `${pathOf(mount, before, behind)}, ${contentType ?? 'no Content-Type'}, ${framing}${isForged ? ', forged' : ''}`;
  return [status, wrong.map((complaint) => `${label}: ${complaint}`)];
}

/** Arrangements of up to `depth` middleware before an endpoint, and up to one behind: each, where none is before. */
function arrangementsOf(
  { middleware }: Framework,
  depth: number,
): readonly Omit<Arrangement, 'contentType'>[] {
  const names = Object.keys(middleware);
  const singles = [[], ...names.map((name) => [name])];
  const fronts = Array.from({ length: depth + 1 }, (_, length) => ordersOf(names, length)).flat();
  return fronts.flatMap((before, at) => {
    const behinds = before.length === 0 ? singles : singles.slice(at % singles.length).slice(0, 1);
    return (['length', 'chunked'] as const).flatMap((framing) => [
      {
        mount: 'webhook' as const,
        before,
        behind: [],
        framing,
        isForged: at % 2 === 1 && framing === 'chunked',
      },
      ...behinds.map((behind) => ({
        mount: 'route' as const,
        before,
        behind,
        framing,
        isForged: at % 2 === 0 && framing === 'length' && at > 0,
      })),
    ]);
  });
}

/**
 * Body parsers and other middleware in every order: what cannot be verified is never accepted, and what can always
 * is.
 *
 * @param depth how many stand before an endpoint, at most
 * @param share of all arrangements, which a seed picks
 */
export async function parserOrders(
  target: Target,
  framework: Framework,
  { depth, share, seed }: { readonly depth: number; readonly share: number; readonly seed: number },
): Promise<OrderReport> {
  const chance = random(seed);
  const told: Record<number, number> = {};
  const wrong: string[] = [];
  let deliveries = 0;
  const queue = arrangementsOf(framework, depth)
    .flatMap((arrangement) =>
      CONTENT_TYPES.map((contentType): Arrangement => ({ ...arrangement, contentType })),
    )
    .filter(() => chance() < share);
  const orders = new Set(queue.map(({ before }) => before.join())).size;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const [status, complaints] = await send(target, framework, next);
        told[status] = (told[status] ?? 0) + 1;
        wrong.push(...complaints);
        deliveries++;
      }
    }),
  );
  const { complaints } = await untilCalm(target);
  wrong.push(...complaints, ...target.server.complaints);
  return { framework: framework.name, orders, deliveries, told, wrong };
}
