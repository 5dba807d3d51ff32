/**
 * For tests: signed deliveries of every provider, hostile ones, and the suites that certify adapters and stores.
 *
 * @module
 */
export {
  type AdapterCheck,
  type AdapterUnderTest,
  type AppUnderTest,
  adapterSuite,
  type ParserUnderTest,
  type RouteAnswer,
  type RouteUnderTest,
  type RunningApp,
} from './adapter-suite.ts';
export { type Delivery, toRequest } from './delivery.ts';
export { type FaultyStore, faultyStore, type StoreFault, type StoreVerb } from './faulty-store.ts';
export { type HostileDelivery, hostileDeliveries } from './hostile-deliveries.ts';
export { type SignableEvent, type SignOptions, sign } from './sign.ts';
export { type StoreCheck, type StoreUnderTest, storeSuite } from './store-suite.ts';
export type { DatabaseFault, OpenTransactionalStore } from './transactional-probe.ts';
export { type TransactionalStoreUnderTest, transactionalStoreSuite } from './transactional-store-suite.ts';
