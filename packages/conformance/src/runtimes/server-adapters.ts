import type { AdapterUnderTest } from '@countersign/testing';
import { fetchAdapter } from '../../test/adapters/fetch-adapter.ts';
import { honoAdapter } from '../../test/adapters/hono-adapter.ts';
import type { ServeFetch } from '../../test/adapters/serve-fetch.ts';

/** What is served by a server of the runtime's own. */
export const serverAdapters = (server: string, serve: ServeFetch): readonly AdapterUnderTest[] => [
  honoAdapter(`hono on ${server}`, serve),
  fetchAdapter(`fetch on ${server}`, serve),
];
