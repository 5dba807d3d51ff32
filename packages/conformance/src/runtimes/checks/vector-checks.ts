import {
  coversBody,
  judged,
  judgeOf,
  optionsOf,
  schemeOf,
} from '../../../../providers/test/support/judged.ts';
import { bodyOf, type Change, type Vector } from '../../../../providers/test/support/vector.ts';
import { makeProvider } from '../../make-provider.ts';
import { assertSame } from './assert-same.ts';
import type { Check } from './check.ts';
import { signatureFlips } from './signature-flips.ts';

/** By the file name of their provider. */
export type Vectors = Readonly<Record<string, readonly Vector[]>>;

const REFUSED = /^ERR_WEBHOOK_SIGNATURE_(MISMATCH|MALFORMED|MISSING)$/;

/** Bytes of a body that are changed, one at a time. */
const PLACES = 8;

function bodyFlips(body: Uint8Array): readonly Change[] {
  const places = new Set(Array.from({ length: PLACES }, (_, at) => Math.floor((at / PLACES) * body.length)));
  places.add(body.length - 1);
  return [...places].map((place) => ({ body: body.map((byte, at) => (at === place ? byte ^ 1 : byte)) }));
}

async function judgeVector(file: string, vector: Vector): Promise<number> {
  const provider = makeProvider(file, { ...optionsOf(vector) });
  const receiver = judgeOf(provider, vector);
  const { verdict, code, event } = await judged(receiver, vector);
  assertSame(verdict, vector.expect, 'the verdict');
  if (vector.expect === 'invalid') {
    if (!REFUSED.test(code ?? '')) throw new Error(`refused for ${code}, and not for its signature`);
    return 1;
  }
  assertSame(code, vector.code, 'the code');
  const body = bodyOf(vector);
  if (event) assertSame([...event.body], [...body], 'the bytes of the event');

  const covers = schemeOf(provider, vector)?.covers ?? [];
  const changes = [
    ...(await signatureFlips(provider, vector)),
    ...(coversBody(covers) && body.length > 0 ? bodyFlips(body) : []),
  ];
  for (const change of changes) {
    const { verdict } = await judged(receiver, vector, change);
    if (verdict === 'valid')
      throw new Error(`accepted with a byte changed: ${JSON.stringify(change).slice(0, 400)}`);
  }
  return 1 + changes.length;
}

/** The verdict on every vector, and a refusal of everything that one changed byte makes of it. */
export const vectorChecks = (vectors: Vectors): readonly Check[] =>
  Object.entries(vectors).flatMap(([file, rows]) =>
    rows.map((vector, index) => ({
      name: `${file} ${index} ${vector.expect}: ${vector.source}`,
      run: () => judgeVector(file, vector),
    })),
  );
