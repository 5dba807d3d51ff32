import { defineProvider, hmac, type Provider } from '@countersign/core';
import type { SignableEvent, SignOptions } from '@countersign/testing';
import { factoryOf, files } from '../../../providers/test/support/catalogue.ts';
import { signOptionsOf } from '../../../providers/test/support/sample.ts';
import { samplesOf } from '../../../providers/test/support/samples.ts';

/** A provider, and how a delivery of it is signed. */
export interface Subject {
  readonly title: string;
  readonly provider: Provider;
  readonly event: SignableEvent;
  readonly signing: SignOptions;
}

/** A whole second. */
export const NOW = 1_764_000_000_000;

const scheme = hmac({ header: 'x-signature', hash: 'sha256', encoding: 'hex', content: ['body'] });

/** Paths that find something in every JavaScript value, unless only what was sent is looked at. */
const made = Object.entries({
  'constructor-name': { id: { payload: 'constructor.name' }, type: { payload: 'toString.name' } },
  length: { id: { payload: 'data.length' }, type: { payload: 'length' } },
  proto: { id: { payload: '__proto__.id' }, type: { payload: '__proto__.type' } },
  index: { id: { payload: 'data.0.id' }, type: { payload: 'data.0.constructor' } },
  plain: { id: { payload: 'data.object.id' }, type: { payload: 'type' } },
}).map(([name, sources]): Subject => {
  const provider = defineProvider({ name, scheme, ...sources })({ secret: 'a secret of the events' });
  return {
    title: `made up: ${name}`,
    provider: provider as Provider,
    event: { timestamp: NOW },
    signing: {},
  };
});

const samples = files.flatMap((file) =>
  samplesOf(file)
    .filter(({ unsigned }) => unsigned === undefined)
    .map(
      (sample): Subject => ({
        title: [file, sample.variant].filter(Boolean).join(' '),
        provider: factoryOf(file)(sample.options),
        event: { timestamp: NOW, ...sample.event },
        signing: signOptionsOf(sample),
      }),
    ),
);

/** The catalogue, in each way in which its providers deliver, and providers whose paths are traps. */
export const subjects: readonly Subject[] = [...made, ...samples];
