import { createReceiver, type PayloadFormat, type Provider } from '@countersign/core';
import { requestOf } from '../request-of.ts';
import { type SenderName, senders } from '../senders.ts';
import type { Contender, Job } from './contender.ts';

const bytes: PayloadFormat = { name: 'other', parse: (body) => body };

/** The same provider, whose payload is left as it is. */
const unparsed = (provider: Provider): Provider => ({
  ...provider,
  rules: { ...provider.rules, payload: bytes },
});

const contender = (sender: SenderName, job: Job, provider: Provider): Contender => ({
  name: 'countersign',
  sender,
  job,
  prepare(delivery) {
    const receiver = createReceiver(provider, { store: false, logger: false });
    const request = requestOf(delivery);
    return { run: () => receiver.verify(request) };
  },
});

export const ours: readonly Contender[] = (Object.keys(senders) as SenderName[]).flatMap((sender) => {
  const { provider } = senders[sender];
  return [contender(sender, 'verify', unparsed(provider)), contender(sender, 'verify + parse', provider)];
});
