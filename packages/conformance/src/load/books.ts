import { Redis } from 'ioredis';
import pg from 'pg';
import type { ServerOptions } from './load-options.ts';

/** What a handler did, written where the store cannot see it, and so that a double shows. */
export interface Book {
  write(id: string): Promise<unknown>;
  /** Id → how often it was written. */
  read(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<unknown>;
}

const PAGE = 50_000;

export const BOOK_TABLE = 'create table book (line bigserial primary key, id text not null)';

function count(ids: readonly string[], counts: Map<string, number>): void {
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
}

function redisBook({ redis: url, prefix }: ServerOptions): Book {
  const redis = new Redis(url);
  const key = `${prefix}book`;
  return {
    write: (id) => redis.rpush(key, id),
    async read() {
      const counts = new Map<string, number>();
      for (let from = 0, ids = ['']; ids.length > 0; from += PAGE) {
        ids = await redis.lrange(key, from, from + PAGE - 1);
        count(ids, counts);
      }
      return counts;
    },
    close: () => redis.quit(),
  };
}

function postgresBook({ database }: ServerOptions): Book {
  const pool = new pg.Pool({ connectionString: database, max: 4 });
  return {
    write: (id) => pool.query({ name: 'write', text: 'insert into book (id) values ($1)', values: [id] }),
    async read() {
      const counts = new Map<string, number>();
      for (let last = '0', full = true; full; ) {
        const page = 'select line, id from book where line > $1 order by line limit $2';
        const { rows } = await pool.query<{ line: string; id: string }>(page, [last, PAGE]);
        count(
          rows.map(({ id }) => id),
          counts,
        );
        last = rows.at(-1)?.line ?? last;
        full = rows.length === PAGE;
      }
      return counts;
    },
    close: () => pool.end(),
  };
}

export const openBook = (options: ServerOptions): Book =>
  ({ redis: redisBook, postgres: postgresBook })[options.store](options);
