import { describe, expect, it } from 'vitest';
import { factoryOf } from './support/catalogue.ts';
import { judge, verifierOf } from './support/request.ts';
import { sampleProviderOf } from './support/samples.ts';
import { requestOf } from './support/vector.ts';
import { vectorsOf } from './support/vectors.ts';

const ALL = { id: true, type: true, timestamp: true };
const UNTIMED = { id: true, type: true, timestamp: false };
const MSG = 'msg_2mHq3vB7bQm1';

/** What the first vector of our own is known by, and how much of that is covered. */
const rows: readonly [file: string, id: string | undefined, type: string, signed: typeof ALL][] = [
  ['clerk', MSG, 'user.created', ALL],
  ['resend', MSG, 'email.sent', ALL],
  ['openai', MSG, 'response.completed', ALL],
  ['anthropic', MSG, 'session.idled', ALL],
  ['replicate', MSG, 'succeeded', ALL],
  ['lithic', MSG, 'card.created', ALL],
  ['liveblocks', MSG, 'userEntered', ALL],
  ['dodo-payments', MSG, 'payment.succeeded', ALL],
  ['finch', MSG, 'individual.updated', ALL],
  ['polar', '9c6d5ee0-1f7c-4f5e-8f9e-6d1a1c1b2a3d', 'order.paid', ALL],
  ['supabase', undefined, 'before-user-created', ALL],
  ['bigcommerce', MSG, 'store/order/created', ALL],
  ['brex', MSG, 'TRANSFER_PROCESSED', ALL],
  ['recall-ai', MSG, 'bot.done', ALL],
  ['render', MSG, 'deploy_ended', ALL],
  ['loops', MSG, 'email.delivered', ALL],
  ['twitch', 'e76c6bd4-55c9-4987-8304-da1588d8988b', 'channel.follow', ALL],
  ['paddle', 'evt_1', 'transaction.paid', ALL],
  ['mux', '3a56ac3d', 'video.asset.ready', ALL],
  ['workos', 'event_1', 'user.created', ALL],
  ['workos-actions', 'action_1', 'authentication_action_context', ALL],
  ['sanity', 'k1', 'update', { id: false, type: false, timestamp: true }],
  ['elevenlabs', undefined, 'post_call_transcription', ALL],
  ['recurly', undefined, 'created', ALL],
  ['buildkite', undefined, 'build.finished', ALL],
  ['cloudflare-stream', undefined, 'ready', ALL],
  ['circleci', '3888f21b-eaa7-38e3-8f3d-75a63bba8895', 'workflow-completed', UNTIMED],
  ['pagerduty', '01ABC', 'incident.triggered', UNTIMED],
  ['calendly', undefined, 'invitee.created', ALL],
  ['persona', 'evt_1', 'inquiry.completed', ALL],
  ['coinbase-cdp', '6a1b7c1e', 'onchain.activity.detected', ALL],
  ['retell', undefined, 'call_ended', ALL],
  ['ghost', undefined, 'post.published', ALL],
  ['zoho-payments', 'e1', 'payment.succeeded', ALL],
  ['moneybird', undefined, 'contact_created', ALL],
  ['ordergroove', 'mmmm4444nnnn3333pppp', 'subscriber.create', ALL],
  ['revenuecat', '12345678-1234-1234-1234-123456789012', 'RENEWAL', ALL],
  ['mercury', 'bfa85eaa', 'transaction', ALL],
  ['whereby', '1', 'room.client.joined', ALL],
];

describe('an event', () => {
  it.each(rows)('of %s is %s, %s', async (file, id, type, signed) => {
    const vector = vectorsOf(file).find(
      ({ origin, expect: verdict }) => origin === 'made' && verdict === 'valid',
    );
    expect(vector).toBeDefined();
    const { secret, at = 1_764_000_000 } = vector ?? {};
    const verifier = verifierOf(factoryOf(file)({ secret }), { now: () => at * 1000 });
    const { event } = await judge(verifier, requestOf(vector as NonNullable<typeof vector>));
    expect(event).toMatchObject({ provider: file, type, signed });
    expect(event?.id).toBe(id);
  });
});

/** Seconds, where they are not 300 each way. */
const tolerances: readonly [file: string, past: number, future: number][] = [
  ['twitch', 600, 300],
  ['workos', 180, 180],
  ['workos-actions', 30, 30],
  ['elevenlabs', 1800, 300],
];

it.each(tolerances)('%s is believed for %d s', (file, past, future) => {
  expect(sampleProviderOf(file).tolerance).toEqual({ past, future });
});
