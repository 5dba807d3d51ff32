import { bodyChecks } from './body-checks.ts';
import type { Check } from './check.ts';
import { dedupChecks } from './dedup-checks.ts';
import { deliveryChecks } from './delivery-checks.ts';
import { handshakeChecks } from './handshake-checks.ts';
import { honoChecks } from './hono-checks.ts';
import { type Samples, sampleChecks } from './sample-checks.ts';
import { storeChecks } from './store-checks.ts';
import { type Vectors, vectorChecks } from './vector-checks.ts';

/** What is known of the providers: read from files where there are any, and bundled where there are none. */
export interface Records {
  readonly vectors: Vectors;
  readonly samples: Samples;
}

/** What a runtime is asked without a server, by column of the table. */
export const portableChecks = ({ vectors, samples }: Records) =>
  ({
    vectors: vectorChecks(vectors),
    stores: storeChecks(),
    fetch: [
      ...deliveryChecks,
      ...dedupChecks,
      ...bodyChecks,
      ...handshakeChecks,
      ...honoChecks,
      ...sampleChecks(samples),
    ],
  }) satisfies Readonly<Record<string, readonly Check[]>>;
