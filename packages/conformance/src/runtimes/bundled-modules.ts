import * as cloudflare from '@countersign/cloudflare';
import * as core from '@countersign/core';
import * as express from '@countersign/express';
import * as hono from '@countersign/hono';
import * as koa from '@countersign/koa';
import * as postgres from '@countersign/postgres';
import * as providers from '@countersign/providers';
import * as redis from '@countersign/redis';
import * as sqlite from '@countersign/sqlite';

/** What a bundle can hold where nothing can be loaded: all but the testing package, which needs Node's modules. */
export const bundledModules: Readonly<Record<string, object>> = {
  cloudflare,
  core,
  express,
  hono,
  koa,
  postgres,
  providers,
  redis,
  sqlite,
};
