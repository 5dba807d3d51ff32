import type {
  DedupStore,
  MemoryStoreOptions,
  Platform,
  ProviderRecord,
  ReceiverOptions,
  TransactionalStore,
  WebhookRequest,
} from '@countersign/core';
import type { Faults, Tx } from '../../../core/test/support/memory-database.ts';
import type { OwnOptions } from './delivery.ts';
import type { Work } from './world.ts';

export type Options = ReceiverOptions<Record<string, unknown>, Record<never, never>, unknown>;

/** What a part that fails puts in the place of what works. */
export interface Setup {
  readonly record?: Partial<ProviderRecord<'secret', OwnOptions>>;
  readonly factory?: Readonly<Record<string, unknown>>;
  readonly options?: Options;
  readonly memory?: MemoryStoreOptions;
  readonly steps?: Faults;
  readonly platform?: Platform;
  readonly onTrouble?: (message: string, cause: unknown) => void;
  store?(store: DedupStore): DedupStore;
  transactional?(store: TransactionalStore<Tx>): TransactionalStore<Tx>;
  work?(work: Work): Work;
  request?(request: WebhookRequest): WebhookRequest;
}
