/**
 * Remembers webhook deliveries in Redis, Valkey and Upstash, for Countersign.
 *
 * @module
 */
export type { IoredisClient, NodeRedisClient, RedisClient, UpstashClient } from './redis-client.ts';
export { type RedisStoreOptions, redisStore } from './redis-store.ts';
