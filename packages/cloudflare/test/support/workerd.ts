import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ClaimResult, DedupStore, TakeResult } from '@countersign/core';
import type { D1Store } from '../../src/index.ts';
import type { TransactionRequest } from '../worker/worker.ts';

const home = join(import.meta.dirname, '../../workerd/package.json');
const entry = join(import.meta.dirname, '../worker/worker.ts');
const conformance = join(import.meta.dirname, '../../../conformance/package.json');

/** 175 MB that only these tests need are not installed with the workspace. */
export const isInstalled = existsSync(join(home, '../node_modules/miniflare/package.json'));

interface Miniflare {
  dispatchFetch(url: string, init?: RequestInit): Promise<Response>;
  getD1Database(name: string): Promise<{
    prepare(sql: string): {
      bind(...values: unknown[]): { all(): Promise<{ results: Record<string, unknown>[] }> };
    };
  }>;
  dispose(): Promise<void>;
}

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { text: string }[] }>;
}

export interface Workerd {
  readonly d1: Omit<D1Store, 'capabilities' | 'transactional'>;
  readonly durableObject: DedupStore;
  readonly transactional: {
    transaction(request: TransactionRequest): Promise<TakeResult>;
    fail(key: string, failure: { retentionMs: number }): Promise<number>;
    reject(key: string, rejection: { retentionMs: number }): Promise<boolean>;
    forget(key: string): Promise<boolean>;
    purge(options?: { limit?: number }): Promise<number>;
  };
  deliver(receiver: 'd1' | 'durable-object' | 'transaction', init: RequestInit): Promise<Response>;
  shard(index: number, what: 'look' | 'expire' | 'ring'): Promise<{ count: number; alarm: number | null }>;
  sql(sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

async function bundle(): Promise<string> {
  const { build } = createRequire(conformance)('esbuild') as Esbuild;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@countersign/source', 'workerd', 'worker'],
    mainFields: ['module', 'main'],
  });
  return outputFiles[0]?.text ?? '';
}

/** Starts workerd on the worker. The verbs behave as those of the stores inside. */
export async function startWorkerd(): Promise<Workerd> {
  const { Miniflare } = createRequire(home)('miniflare') as {
    Miniflare: new (options: unknown) => Miniflare;
  };
  const runtime = new Miniflare({
    modules: true,
    script: await bundle(),
    cf: false,
    compatibilityDate: '2026-01-01',
    d1Databases: ['DB'],
    durableObjects: { DEDUP: { className: 'DedupObject', useSQLite: true } },
  });
  const origin = 'https://worker.example';

  async function ask<Result>(path: string, body: unknown): Promise<Result> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const response = await runtime.dispatchFetch(`${origin}/${path}`, init);
    const { value, error } = (await response.json()) as { value: Result; error?: object };
    if (error) throw Object.assign(new Error(), error);
    return value;
  }

  // A signal does not go over the wire: the verbs get the key and what is to be done.
  const remote = (
    path: string,
  ): Omit<DedupStore, 'name' | 'capabilities'> & { forget(key: string): Promise<boolean> } => ({
    claim: (key, claim) => ask<ClaimResult>(`${path}/claim`, [key, claim]),
    complete: (key, completion) => ask<boolean>(`${path}/complete`, [key, completion]),
    release: (key, release) => ask<boolean>(`${path}/release`, [key, release]),
    extend: (key, extension) => ask<boolean>(`${path}/extend`, [key, extension]),
    forget: (key: string) => ask<boolean>(`${path}/forget`, [key]),
  });

  const database = await runtime.getD1Database('DB');
  return {
    d1: {
      ...remote('store/d1'),
      name: 'd1',
      purge: (options) => ask('store/d1/purge', options ? [options] : []),
      migrate: () => ask('store/d1/migrate', []),
    },
    durableObject: {
      ...remote('store/durable-object'),
      name: 'durable-object',
      capabilities: { atomic: true, shared: true, durable: 'sync', clock: 'server' },
    },
    transactional: {
      transaction: (request) => ask('transaction', request),
      fail: (...values) => ask('transactional/d1/fail', values),
      reject: (...values) => ask('transactional/d1/reject', values),
      forget: (key) => ask('transactional/d1/forget', [key]),
      purge: (options) => ask('transactional/d1/purge', options ? [options] : []),
    },
    deliver: (receiver, init) =>
      runtime.dispatchFetch(`${origin}/hook/${receiver}`, { method: 'POST', ...init }),
    async shard(index, what) {
      const init = { method: 'POST', headers: { 'x-test': what } };
      const response = await runtime.dispatchFetch(`${origin}/shard/${index}`, init);
      return (await response.json()) as { count: number; alarm: number | null };
    },
    async sql(sql, ...values) {
      const { results } = await database
        .prepare(sql)
        .bind(...values)
        .all();
      return results;
    },
    stop: () => runtime.dispose(),
  };
}
