import { describe, expect, it } from 'vitest';
import { type NotionOptions, notion } from '../src/notion.ts';
import { configurationError, mac, receiverOf, request, verdictOf, verifierOf } from './support/request.ts';

const secret = 'secret_a-verification-token';
const TOKEN = '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}';

/** A receiver in the state that is given, and all that came of a request. */
async function asked(body: string, own: NotionOptions, headers: Record<string, string> = {}) {
  const handled: unknown[] = [];
  const receiver = receiverOf(notion({ secret, ...own }), { on: { '*': (event) => handled.push(event) } });
  const { status, body: answer } = await receiver.handle(request({ headers, body }));
  expect(handled).toEqual([]);
  return { status, answer };
}

/** What was taken, and the options that take it. */
function taking(isPending: NotionOptions['isPending']): [taken: unknown[], options: NotionOptions] {
  const taken: unknown[] = [];
  return [taken, { isPending, onSecret: (token) => taken.push(token) }];
}

describe('the verification token', () => {
  it('is taken while a subscription is being set up', async () => {
    const [taken, options] = taking(() => true);
    expect(await asked(TOKEN, options)).toEqual({ status: 200, answer: '' });
    expect(taken).toEqual(['secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl']);
  });

  it('is taken before there is any secret', async () => {
    const [taken, options] = taking(async () => true);
    const receiver = receiverOf(notion({ secret: () => undefined, ...options }));
    expect(await receiver.handle(request({ body: TOKEN }))).toMatchObject({ status: 200 });
    expect(taken).toHaveLength(1);
    const event = request({ headers: { 'x-notion-signature': `sha256=${'0'.repeat(64)}` }, body: '{}' });
    expect(await receiver.handle(event)).toMatchObject({ status: 401 });
  });

  it.each<[name: string, isPending: () => unknown]>([
    ['none is pending', () => false],
    ['nobody says true', () => 'yes'],
    ['nothing is said', () => undefined],
  ])('is refused where %s', async (_, isPending) => {
    const [taken, options] = taking(isPending as () => boolean);
    expect(await asked(TOKEN, options)).toEqual({ status: 403, answer: '{"error":"handshake_refused"}' });
    expect(taken).toEqual([]);
  });

  it('is never taken without being asked for', async () => {
    expect(await asked(TOKEN, {})).toEqual({ status: 401, answer: '{"error":"signature_invalid"}' });
  });

  it.each<[name: string, body: string, status: number]>([
    ['beside an event', '{"verification_token":"secret_a","type":"page.created","id":"e1"}', 401],
    ['in a list', '[{"verification_token":"secret_a"}]', 401],
    ['in a body beyond a kilobyte', TOKEN.padEnd(1025), 401],
    ['in no JSON', 'verification_token=secret_a', 401],
    ['that is a number', '{"verification_token":1}', 403],
    ['that is empty', '{"verification_token":""}', 403],
    ['with a line break', '{"verification_token":"a\\nb"}', 403],
    ['that is null', '{"verification_token":null}', 403],
  ])('is none %s', async (_, body, status) => {
    const [taken, options] = taking(() => true);
    expect((await asked(body, options)).status).toBe(status);
    expect(taken).toEqual([]);
  });

  it('is none in what bears a signature', async () => {
    const [taken, options] = taking(() => true);
    expect(await asked(TOKEN, options, { 'x-notion-signature': 'sha256=00' })).toMatchObject({ status: 401 });
    expect(taken).toEqual([]);
  });

  it('is kept before Notion hears of it', async () => {
    const onSecret = async (): Promise<never> => {
      throw new Error('the disk is full');
    };
    const { status } = await asked(TOKEN, { isPending: () => true, onSecret });
    expect(status).toBeGreaterThanOrEqual(500);
  });

  it('is no event for verify()', async () => {
    const [, options] = taking(() => true);
    const verifier = verifierOf(notion({ secret, ...options }));
    expect(await verdictOf(verifier, request({ body: TOKEN }))).toBe('ERR_WEBHOOK_HANDSHAKE');
  });

  it('needs both options, or neither', () => {
    expect(configurationError(() => notion({ secret, isPending: () => true }))).toBe(
      'ERR_WEBHOOK_CONFIG_OPTION',
    );
    expect(configurationError(() => notion({ secret, onSecret: () => undefined }))).toBe(
      'ERR_WEBHOOK_CONFIG_OPTION',
    );
  });
});

it('takes a delivery with a token in it for a delivery', async () => {
  const [taken, options] = taking(() => true);
  const body = '{"id":"e1","type":"page.created","verification_token":"secret_a"}';
  const headers = { 'x-notion-signature': `sha256=${mac('sha256', secret, 'hex', body)}` };
  const verifier = verifierOf(notion({ secret, ...options }));
  expect(await verdictOf(verifier, request({ headers, body }))).toBe('accepted');
  expect(taken).toEqual([]);
});

it.each(['', 'ntn_123', ' secret_a'])('has no secret like %j', (wrong) => {
  expect(configurationError(() => notion({ secret: wrong }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
});
