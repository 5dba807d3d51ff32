import { chunkOf, type HeaderLine, headOf } from '@countersign/testing/raw-http';
import type { Attack } from '../attack.ts';
import type { Delivery } from '../delivery.ts';

const LAST = '0\r\n\r\n';

/** Bytes that follow the head of a genuine delivery. */
type Rest = (delivery: Delivery) => Buffer | string;

const body: Rest = ({ body }) => body;
const chunked: Rest = ({ body }) => Buffer.concat([chunkOf(body), Buffer.from(LAST)]);
const both: Rest = (delivery) => Buffer.concat([chunkOf(delivery.body), Buffer.from(LAST), delivery.body]);

/** A genuine delivery, but for how the end of its body is told. */
const framed = (
  name: string,
  framing: (delivery: Delivery) => readonly HeaderLine[],
  rest: Rest,
  expect: readonly string[] = ['400 closed'],
): Attack => ({
  name,
  expect,
  async run({ open, deliveryOf }) {
    const sender = await open();
    const delivery = deliveryOf();
    // Where the framing is refused, nothing of it is a delivery.
    sender.note({ ...delivery, isGenuine: expect.some((seen) => seen.startsWith('200')) });
    await sender.write(Buffer.concat([headOf(delivery, framing(delivery)), Buffer.from(rest(delivery))]));
    await sender.hear();
    if (expect.every((seen) => seen.endsWith('closed'))) await sender.hearOut();
  },
});

const length = (value: (length: number) => string) => (delivery: Delivery) =>
  [['Content-Length', value(delivery.body.length)]] as const;
const coding =
  (...values: readonly string[]) =>
  () =>
    values.map((value) => ['Transfer-Encoding', value] as const);

const lengths: readonly Attack[] = [
  framed(
    'Content-Length twice, different',
    ({ body }) => [
      ['Content-Length', String(body.length)],
      ['Content-Length', String(body.length - 1)],
    ],
    body,
  ),
  framed(
    'Content-Length twice, the same',
    ({ body }) => [
      ['Content-Length', String(body.length)],
      ['Content-Length', String(body.length)],
    ],
    body,
  ),
  framed(
    'Content-Length, a list',
    length((bytes) => `${bytes}, ${bytes}`),
    body,
  ),
  framed(
    'Content-Length with a sign',
    length((bytes) => `+${bytes}`),
    body,
  ),
  framed(
    'Content-Length below nothing',
    length((bytes) => `-${bytes}`),
    body,
  ),
  framed(
    'Content-Length in hex',
    length((bytes) => `0x${bytes.toString(16)}`),
    body,
  ),
  framed(
    'Content-Length with a blank inside',
    length((bytes) => `${bytes} 0`),
    body,
  ),
  framed(
    'Content-Length with a fraction',
    length((bytes) => `${bytes}.0`),
    body,
  ),
  framed(
    'Content-Length with an exponent',
    length((bytes) => `${bytes}e0`),
    body,
  ),
  framed(
    'Content-Length without a value',
    length(() => ''),
    body,
  ),
  framed(
    'Content-Length of 2^64 and the right one',
    length((bytes) => String(2n ** 64n + BigInt(bytes))),
    body,
  ),
  framed(
    'Content-Length with leading zeros',
    length((bytes) => `000${bytes}`),
    body,
    ['200 open'],
  ),
  framed(
    'Content-Length between blanks',
    length((bytes) => ` \t${bytes} `),
    body,
    ['200 open'],
  ),
];

const codings: readonly Attack[] = [
  framed(
    'Transfer-Encoding before Content-Length',
    ({ body }) => [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', String(body.length)],
    ],
    both,
  ),
  framed(
    'Content-Length before Transfer-Encoding',
    ({ body }) => [
      ['Content-Length', String(body.length)],
      ['Transfer-Encoding', 'chunked'],
    ],
    both,
  ),
  framed(
    'Transfer-Encoding with Content-Length: 0',
    () => [
      ['Content-Length', '0'],
      ['Transfer-Encoding', 'chunked'],
    ],
    chunked,
  ),
  framed(
    'Transfer-Encoding: identity with Content-Length',
    ({ body }) => [
      ['Content-Length', String(body.length)],
      ['Transfer-Encoding', 'identity'],
    ],
    body,
  ),
  framed('Transfer-Encoding: chunked, identity', coding('chunked, identity'), chunked),
  framed('Transfer-Encoding: chunked, twice', coding('chunked', 'identity'), chunked),
  framed('Transfer-Encoding: identity', coding('identity'), chunked),
  framed('Transfer-Encoding: xchunked', coding('xchunked'), chunked),
  framed('Transfer-Encoding: "chunked"', coding('"chunked"'), chunked),
  framed('Transfer-Encoding: chunked;q=1', coding('chunked;q=1'), chunked),
  framed('Transfer-Encoding: CHUNKED', coding('CHUNKED'), chunked, ['200 open']),
  framed('Transfer-Encoding: gzip, chunked', coding('gzip, chunked'), chunked, ['200 open']),
  framed(
    'Transfer-Encoding with a blank before its colon',
    () => [['Transfer-Encoding ', 'chunked']],
    chunked,
  ),
  framed('Transfer-Encoding over two lines', () => [['Transfer-Encoding', '\r\n chunked']], chunked),
];

const chunks: Readonly<Record<string, readonly [rest: Rest, expect?: readonly string[]]>> = {
  'a size that is no number': [() => 'g\r\nx\r\n0\r\n\r\n'],
  'a size below nothing': [() => '-1\r\nx\r\n0\r\n\r\n'],
  'a size with 0x': [() => '0x1\r\nx\r\n0\r\n\r\n'],
  'a size beyond 2^64': [() => 'fffffffffffffffff\r\nx\r\n0\r\n\r\n'],
  'more data than its size': [() => '1\r\nxy\r\n0\r\n\r\n'],
  'no line break after its data': [() => '1\r\nx0\r\n\r\n'],
  'bare line feeds': [({ body }) => `${body.length.toString(16)}\n${body}\n0\n\n`],
  'a bare carriage return in an extension': [
    ({ body }) => `${body.length.toString(16)};a\rb\r\n${body}\r\n${LAST}`,
  ],
  'an extension of 20,000 bytes': [
    ({ body }) => `${body.length.toString(16)};${'a'.repeat(20_000)}\r\n${body}\r\n${LAST}`,
    ['413 closed', '400 closed'],
  ],
  'trailers of 20,000 bytes': [
    ({ body }) => `${body.length.toString(16)}\r\n${body}\r\n0\r\nX-Trailer: ${'a'.repeat(20_000)}\r\n\r\n`,
    ['431 closed', '400 closed'],
  ],
  'trailers that name a length, and another signature': [
    ({ body }) =>
      `${body.length.toString(16)}\r\n${body}\r\n0\r\nContent-Length: 1\r\nwebhook-signature: v1,AA==\r\n\r\n`,
    ['400 closed'],
  ],
  'sizes with leading zeros': [
    ({ body }) => `000${body.length.toString(16)}\r\n${body}\r\n000\r\n\r\n`,
    ['200 open'],
  ],
};

/** Where one request ends and the next begins, told wrongly or in two ways. */
export const framingAttacks: readonly Attack[] = [
  ...lengths,
  ...codings,
  ...Object.entries(chunks).map(([what, [rest, expect]]) =>
    framed(`a chunk with ${what}`, coding('chunked'), rest, expect),
  ),
];
