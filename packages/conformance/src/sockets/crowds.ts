import { chunkOf, headOf } from '@countersign/testing/raw-http';
import { type Member, pour } from './crowd.ts';
import { deliveryOf } from './delivery.ts';

const MIB = 1024 * 1024;
const KIB = 1024;

/** Many connections that do the same. */
export interface Crowd {
  readonly name: string;
  /** Without `short` it is left out of the short form. */
  readonly count: { readonly short?: number; readonly full: number };
  /** Bytes that so many may cost. */
  readonly bound: (count: number, limit: number) => number;
  /** What each is told, where it is told something. */
  readonly expect: readonly number[];
  /** What each does at once; then it is waited for as long as `isOver` says no. */
  readonly act: (member: Member, limit: number) => Promise<void>;
  /** Whether a member has had what it came for. Default: at once. */
  readonly isOver?: (member: Member) => boolean;
}

/** What a process that is kept busy grows by, whatever it does. */
const SLACK = 30 * MIB;

/**
 * Buffers that Node has read and nobody holds, until V8 cares to collect them: a server that does nothing but read and
 * drop grows by as much.
 */
const DROPPED = 64 * MIB;

/** What Node itself needs for a connection, and for a request on it: most where a bridge makes it a web stream. */
const CONNECTION = 12 * KIB;
const REQUEST = 36 * KIB;

const head = (framing: readonly (readonly [string, string])[]): Buffer => headOf(deliveryOf(), framing);
const CHUNKED = [['Transfer-Encoding', 'chunked']] as const;
const hasAnswer = ({ status, isClosed }: Member): boolean => status !== undefined || isClosed;

const TEN_MIB = Buffer.alloc(64 * KIB, 'x');

/** Ten MiB, in pieces. */
async function pourTen(member: Member, piece: Buffer): Promise<void> {
  for (let sent = 0; sent < 10 * MIB; sent += TEN_MIB.length) await pour(member, piece);
}

export const crowds: readonly Crowd[] = [
  {
    name: 'idle connections',
    count: { short: 1000, full: 10_000 },
    bound: (count) => SLACK + count * CONNECTION,
    expect: [0],
    act: async () => {},
  },
  {
    name: 'connections in the middle of their headers',
    count: { full: 10_000 },
    bound: (count) => SLACK + count * CONNECTION,
    expect: [0],
    act: (member) => pour(member, head([]).subarray(0, 120)),
  },
  {
    name: 'connections whose bodies never come',
    count: { short: 300, full: 10_000 },
    bound: (count) => SLACK + count * (CONNECTION + REQUEST),
    expect: [408],
    act: (member) => pour(member, head([['Content-Length', '1000']])),
    isOver: hasAnswer,
  },
  {
    name: 'bodies one byte below the limit, not ended',
    count: { full: 100 },
    bound: (count, limit) => SLACK + count * (limit + CONNECTION + REQUEST),
    expect: [408],
    act: async (member, limit) => {
      await pour(member, head([['Content-Length', String(limit)]]));
      await pour(member, Buffer.alloc(limit - 1, 'x'));
    },
    isOver: hasAnswer,
  },
  {
    name: 'bodies one byte below the limit, in chunks, not ended',
    count: { short: 20, full: 100 },
    bound: (count, limit) => SLACK + count * (limit + CONNECTION + REQUEST),
    expect: [408],
    act: async (member, limit) => {
      await pour(member, head(CHUNKED));
      await pour(member, chunkOf(Buffer.alloc(limit - 1, 'x')));
    },
    isOver: hasAnswer,
  },
  {
    name: 'bodies in chunks of one byte, not ended',
    count: { short: 5, full: 20 },
    bound: (count, limit) => SLACK + count * (limit + CONNECTION + REQUEST),
    expect: [408],
    act: async (member) => {
      await pour(member, head(CHUNKED));
      await pour(member, Buffer.from('1\r\nx\r\n'.repeat(50_000)));
    },
    isOver: hasAnswer,
  },
  {
    name: 'uploads of 10 MiB, refused by their length',
    count: { full: 200 },
    bound: (count) => SLACK + DROPPED + count * (CONNECTION + REQUEST),
    // More than is read and dropped: who does not listen in time is cut off.
    expect: [413, 0],
    act: async (member) => {
      await pour(member, head([['Content-Length', String(10 * MIB)]]));
      await pourTen(member, TEN_MIB);
    },
    isOver: hasAnswer,
  },
  {
    name: 'uploads of 10 MiB, refused while they come',
    count: { short: 20, full: 200 },
    bound: (count, limit) => SLACK + DROPPED + count * (limit + CONNECTION + REQUEST),
    expect: [413, 408, 0],
    act: async (member) => {
      await pour(member, head(CHUNKED));
      await pourTen(member, chunkOf(TEN_MIB));
    },
    isOver: hasAnswer,
  },
];
