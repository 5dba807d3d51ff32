import { misconfigured } from '@countersign/core';

/** ioredis, iovalkey, and their clusters. */
export interface IoredisClient {
  defineCommand: unknown;
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  evalsha(hash: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** node-redis 4 and later: client, pool, cluster, sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  evalSha(hash: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** `@upstash/redis`, and what is built on it. */
export interface UpstashClient {
  createScript: unknown;
  eval(script: string, keys: string[], scriptArguments: string[]): Promise<unknown>;
  evalsha(hash: string, keys: string[], scriptArguments: string[]): Promise<unknown>;
}

/** What `redisStore` takes: told apart by their methods. */
export type RedisClient = IoredisClient | NodeRedisClient | UpstashClient;

/** Any client, as the store uses it. `signal` is for those that can take back a command they have not sent. */
export interface ScriptClient {
  eval(script: string, key: string, args: string[], signal?: AbortSignal): Promise<unknown>;
  evalsha(hash: string, key: string, args: string[], signal?: AbortSignal): Promise<unknown>;
}

const fromIoredis = (client: IoredisClient): ScriptClient => ({
  eval: (script, key, args) => client.eval(script, 1, key, ...args),
  evalsha: (hash, key, args) => client.evalsha(hash, 1, key, ...args),
});

const fromUpstash = (client: UpstashClient): ScriptClient => ({
  eval: (script, key, args) => client.eval(script, [key], args),
  evalsha: (hash, key, args) => client.evalsha(hash, [key], args),
});

type Abortable = NodeRedisClient & { withAbortSignal?: (signal: AbortSignal) => NodeRedisClient };

function fromNodeRedis(client: Abortable): ScriptClient {
  // Clusters and sentinels have no `withAbortSignal`.
  const under = (signal?: AbortSignal): NodeRedisClient =>
    (signal && client.withAbortSignal?.(signal)) ?? client;
  return {
    eval: (script, key, args, signal) => under(signal).eval(script, { keys: [key], arguments: args }),
    evalsha: (hash, key, args, signal) => under(signal).evalSha(hash, { keys: [key], arguments: args }),
  };
}

interface Dialect {
  /** Methods that tell this client from the others. */
  readonly marks: readonly string[];
  speak(client: RedisClient): ScriptClient;
}

const dialects: readonly Dialect[] = [
  { marks: ['defineCommand', 'eval', 'evalsha'], speak: (client) => fromIoredis(client as IoredisClient) },
  { marks: ['createScript', 'eval', 'evalsha'], speak: (client) => fromUpstash(client as UpstashClient) },
  { marks: ['eval', 'evalSha'], speak: (client) => fromNodeRedis(client as NodeRedisClient) },
];

/**
 * Recognises a client by its methods.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for anything else
 */
export function toScriptClient(client: RedisClient): ScriptClient {
  const methods = (client ?? {}) as unknown as Record<string, unknown>;
  const dialect = dialects.find(({ marks }) => marks.every((mark) => typeof methods[mark] === 'function'));
  if (dialect !== undefined) return dialect.speak(client);
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'redisStore takes a client of ioredis, iovalkey, redis (node-redis 4 or later) or @upstash/redis: claiming a delivery needs a script (EVAL), which a key-value wrapper does not offer. Pass the client itself, not its wrapper',
  );
}
