import type { Endpoint } from './endpoint.ts';
import { expressEndpoints } from './express-endpoints.ts';
import { fetchEndpoints } from './fetch-endpoints.ts';
import { honoEndpoints } from './hono-endpoints.ts';
import { koaEndpoints } from './koa-endpoints.ts';

/** By framework and sender, the hand-written one first. */
export const endpoints: readonly Endpoint[] = [
  ...expressEndpoints,
  ...koaEndpoints,
  ...honoEndpoints,
  ...fetchEndpoints,
];
