import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BodyRules, DISCARD, readBody } from '../src/body.ts';
import { codeOf, type RequestSpec, request, utf8 } from './support/acme.ts';
import { source, streams, webSource } from './support/streams.ts';

const BYTES = utf8('{"a":1}');
const rules: BodyRules = { limit: 1024, timeout: 10_000 };
/** For bodies that never end. */
const hurried: BodyRules = { limit: 1024, timeout: 30 };

const read = async (spec: RequestSpec, by = rules) => readBody(request(spec), by);
const refusal = (spec: RequestSpec, by?: BodyRules) => codeOf(read(spec, by));

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

describe('time', () => {
  it('ends the wait for an AsyncIterable, which is cancelled', async () => {
    const { body, seen } = source([BYTES], 'hang');
    const late = { code: 'ERR_WEBHOOK_BODY_TIMEOUT', status: 408, message: expect.stringContaining('30 ms') };
    await expect(read({ body }, hurried)).rejects.toMatchObject(late);
    expect(seen).toMatchObject({ read: 1, cancelled: 1 });
  });

  it('is for the whole: a trickle does not renew it', async () => {
    let open = true;
    async function* trickle() {
      try {
        while (open) {
          await new Promise((resolve) => setTimeout(resolve, 3));
          yield new Uint8Array(1);
        }
      } finally {
        open = false;
      }
    }
    expect(await refusal({ body: trickle() }, { limit: 1e9, timeout: 60 })).toBe('ERR_WEBHOOK_BODY_TIMEOUT');
    await vi.waitFor(() => expect(open).toBe(false));
  });
});

// A sender whose stream is closed in the middle of its sentence never hears the answer.
describe('the rest of a web stream that is refused', () => {
  const MIB = new Uint8Array(1024 * 1024);

  it('is read and dropped', async () => {
    const { body, seen } = webSource(Array(50).fill(new Uint8Array(1025)));
    expect(await refusal({ body })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    await vi.waitFor(() => expect(seen).toMatchObject({ read: 50, cancelled: 0 }));
  });

  it('is cut off after 8 MiB', async () => {
    const { body, seen } = webSource(Array(100).fill(MIB));
    expect(await refusal({ body })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    await vi.waitFor(() => expect(seen.cancelled).toBe(1));
    expect(seen.read).toBeLessThan(12);
  });

  describe('in time', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    it.each<[string, () => ReturnType<typeof webSource>, string]>([
      ['that was too large', () => webSource([MIB], 'hang'), 'ERR_WEBHOOK_BODY_TOO_LARGE'],
      ['that was too slow', () => webSource([BYTES], 'hang'), 'ERR_WEBHOOK_BODY_TIMEOUT'],
      ['that was too slow to begin', () => webSource([], 'hang'), 'ERR_WEBHOOK_BODY_TIMEOUT'],
    ])('is cut off after 5 s: one %s', async (_, make, code) => {
      const { body, seen } = make();
      const refused = refusal({ body });
      await vi.advanceTimersByTimeAsync(rules.timeout);
      expect(await refused).toBe(code);
      await vi.advanceTimersByTimeAsync(code.endsWith('TIMEOUT') ? DISCARD.ms : 0);
      expect(seen.cancelled).toBe(1);
    });
  });
});

describe('a stream that breaks', () => {
  it.each(streams)('is aborted, not empty: %s', async (_, make) => {
    const cause = new Error('ECONNRESET');
    const { body } = make([BYTES], cause);
    await expect(read({ body })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_BODY_ABORTED',
      status: 408,
      cause,
    });
  });

  it('is aborted when it throws no Error', async () => {
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(null) }),
    };
    expect(await refusal({ body })).toBe('ERR_WEBHOOK_BODY_ABORTED');
  });

  it('is aborted when a Node stream is destroyed half way', async () => {
    const body = new Readable({ read() {} });
    body.push(Buffer.from(BYTES));
    setTimeout(() => body.destroy(), 5);
    expect(await refusal({ body })).toBe('ERR_WEBHOOK_BODY_ABORTED');
  });

  it.each<[string, () => Promise<IteratorResult<Uint8Array>>]>([
    ['rejects', () => Promise.reject(new Error('cannot be cancelled'))],
    [
      'throws',
      () => {
        throw new Error('cannot be cancelled');
      },
    ],
  ])('changes nothing when cancelling it %s', async (_, stop) => {
    const endless = async () => ({ done: false, value: new Uint8Array(1000) });
    const silent = () => new Promise<IteratorResult<Uint8Array>>(() => {});
    const bodyOf = (next: () => Promise<IteratorResult<Uint8Array>>): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({ next, return: stop }),
    });
    expect(await refusal({ body: bodyOf(endless) })).toBe('ERR_WEBHOOK_BODY_TOO_LARGE');
    expect(await refusal({ body: bodyOf(silent) }, hurried)).toBe('ERR_WEBHOOK_BODY_TIMEOUT');
  });

  it('changes nothing when cancelling a web stream rejects', async () => {
    const body = new ReadableStream<Uint8Array>({
      cancel: () => Promise.reject(new Error('cannot be cancelled')),
    });
    expect(await refusal({ body: body as RequestSpec['body'] & {} }, hurried)).toBe(
      'ERR_WEBHOOK_BODY_TIMEOUT',
    );
  });
});
