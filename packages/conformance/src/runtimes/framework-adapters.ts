import type { AdapterUnderTest } from '@countersign/testing';
import express from 'express';
import express4 from 'express4';
import Koa from 'koa';
import Koa2 from 'koa2';
import { expressAdapter } from '../../test/adapters/express-adapter.ts';
import { fetchAdapter } from '../../test/adapters/fetch-adapter.ts';
import { honoAdapter } from '../../test/adapters/hono-adapter.ts';
import { koaAdapter } from '../../test/adapters/koa-adapter.ts';
import { nodeServer } from '../../test/adapters/node-server.ts';

/** What is served by node:http, which Bun and Deno have too. */
export const frameworkAdapters: readonly AdapterUnderTest[] = [
  expressAdapter('express 5', express),
  // The types of two major versions never meet; what the adapters touch is in both.
  expressAdapter('express 4', express4 as unknown as typeof express),
  koaAdapter('koa 3', Koa),
  koaAdapter('koa 2', Koa2 as unknown as typeof Koa),
  honoAdapter('hono on node:http', nodeServer),
  fetchAdapter('fetch on node:http', nodeServer),
];
