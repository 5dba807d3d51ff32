import {
  createGate,
  createReceiver,
  type DedupStore,
  defineProvider,
  json,
  memoryStore,
  type Provider,
  type Receiver,
  type RunContext,
  type WebhookError,
  type WebhookEvent,
} from '@countersign/core';
import { memoryDatabase } from '../../../core/test/support/memory-database.ts';
import { canaries, deliveryOf, ORIGIN, type OwnOptions, record, VICTIM } from './delivery.ts';
import { createJournal } from './journal.ts';
import { latch } from './latch.ts';
import type { Mode } from './mode.ts';
import type { Scene } from './scene.ts';
import { settings } from './settings.ts';
import type { Options, Setup } from './setup.ts';
import type { Story } from './story.ts';
import type { WayName } from './way-name.ts';
import type { Work, World } from './world.ts';

const providerOf = (setup: Setup): Provider<Record<string, unknown>> =>
  defineProvider<'secret', Record<string, unknown>, OwnOptions>({
    ...record,
    payload: json,
    ...setup.record,
  })({ secret: canaries.secret, publicUrl: ORIGIN, ...setup.factory });

/** Who is handed the events, in the words of each mode; a route of its own has no handlers. */
function handlingOf(mode: Mode, way: WayName, story: Story, work: Work): Options {
  const workOn = ({ id, payload }: WebhookEvent, context?: RunContext<unknown>) =>
    work(id ?? (payload as { content: string }).content, context);
  const quarantine = story.options?.schemas && ((event: WebhookEvent) => workOn(event));
  return {
    ...(quarantine && { quarantine }),
    ...(mode === 'deferred' && { enqueue: workOn }),
    ...(mode !== 'deferred' && way !== 'open' && { on: { '*': workOn } }),
  };
}

/** What the application brings for a story, with what fails of it. */
export function buildWorld(mode: Mode, way: WayName, story: Story, setup: Setup, scene: Scene): World {
  const begun = latch();
  const seen = latch();
  const texts: string[] = [];
  const database = memoryDatabase(setup.steps);
  const { begin, effect, watch, ...journal } = createJournal(() => scene.isStruck(), database.rows);

  async function perform(id: string, context: RunContext<unknown> | undefined): Promise<unknown> {
    const number = begin(id);
    const act = () => effect(id, context);
    begun.open();
    return story.work && id === VICTIM
      ? story.work({ number, context, seen: seen.opened, effect: act })
      : act();
  }

  const work = setup.work?.(perform) ?? perform;
  const memory = watch(memoryStore(setup.memory));
  const lease = setup.store?.(memory) ?? memory;
  const transactional = setup.transactional?.(database.store) ?? database.store;
  const store = { lease, deferred: lease, transaction: transactional, none: false as const }[mode];

  const note = (text: string): void => void texts.push(text);
  const noteError = (error: WebhookError): void => note(`${error.message} ${JSON.stringify(error)}`);
  const hooks = { onRejected: noteError, onFailed: noteError, ...setup.options?.hooks };
  const options = { ...settings, ...story.options };
  const receiver = createReceiver(providerOf(setup), {
    ...options,
    ...handlingOf(mode, way, story, work),
    store,
    logger: { warn: note, error: note },
    ...setup.options,
    hooks,
  } as Options) as unknown as Receiver;
  const { lease: leaseMs, maxRun, deadline } = options;

  return {
    ...journal,
    receiver,
    gate: createGate<unknown>({
      store: (store || memory) as DedupStore,
      lease: leaseMs,
      maxRun,
      deadline,
      onTrouble: setup.onTrouble ?? note,
    }),
    hooks,
    platform: setup.platform ?? {},
    work,
    come: (spec) => receiver.receive(deliveryOf(spec)),
    begun: begun.opened,
    see: seen.open,
    texts,
  };
}
