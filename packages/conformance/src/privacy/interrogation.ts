import { createReceiver, type Receiver } from '@countersign/core';
import { type Confidant, NOW } from './confidants.ts';
import { type AnyOptions, type Failure, failuresOf } from './failures.ts';
import { leakFinder } from './leaks.ts';
import { createWitness, type Witness } from './witness.ts';

export interface Leak {
  readonly provider: string;
  readonly failure: string;
  /** What could be read, by name. */
  readonly what: readonly string[];
}

export interface Interrogation {
  readonly tried: number;
  readonly leaks: readonly Leak[];
}

const HOOKS_OF_ERRORS = ['onRejected', 'onFailed'] as const;

function receiverOf(confidant: Confidant, failure: Failure, witness: Witness, more: AnyOptions): Receiver {
  const hooks = Object.fromEntries(
    HOOKS_OF_ERRORS.map((name) => [name, (error: unknown) => witness.see(error)]),
  );
  const options = { now: () => NOW, timeout: 500, logger: witness.logger, ...failure.options, ...more };
  return createReceiver(
    (failure.provider ?? confidant.provider()) as never,
    { ...options, hooks: { ...hooks, ...(failure.options?.hooks as object) } } as never,
  ) as unknown as Receiver;
}

/** Lets one delivery fail on every way in, and writes down whatever an operator or the sender may read of it. */
async function hear(confidant: Confidant, failure: Failure): Promise<string> {
  const witness = createWitness();
  const { request, options = {} } = failure;
  const handling = 'on' in options ? {} : { on: {} };
  // Each with a store of its own, so that no delivery is a duplicate.
  const open = () => receiverOf(confidant, failure, witness, handling);
  // A stream can be read once.
  const isStream = request.body !== null && !ArrayBuffer.isView(request.body);
  witness.see(await open().handle(request));
  if (isStream) return witness.testimony();
  await open().verify(request).then(undefined, witness.see);
  const opened = await open().open(request);
  witness.see(opened.response ?? (await opened.settle(false)));
  return witness.testimony();
}

/** What can be read of a provider's secrets, in everything that may happen to its deliveries. */
export async function interrogate(confidant: Confidant): Promise<Interrogation> {
  const leaksIn = leakFinder(confidant.confidential);
  const probe = receiverOf(confidant, { name: '', request: undefined as never }, createWitness(), { on: {} });
  const { type } = await probe.verify({
    ...confidant.genuine,
    headers: new Headers(confidant.genuine.headers),
  });
  const failures = await failuresOf(confidant, type);
  const leaks: Leak[] = [];
  for (const failure of failures) {
    const what = leaksIn(await hear(confidant, failure));
    if (what.length > 0) leaks.push({ provider: confidant.title, failure: failure.name, what });
  }
  return { tried: failures.length, leaks };
}
