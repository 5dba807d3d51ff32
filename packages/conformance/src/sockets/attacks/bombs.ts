import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { Attack, Scene } from '../attack.ts';
import type { Delivery } from '../delivery.ts';
import { seesMemory } from '../server-process.ts';

const MIB = 1024 * 1024;

/** What a refused bomb may cost: the machinery that reads it, and nothing in proportion to what is inside. */
const BOUND = 40 * MIB;

/** Made once, when they are first thrown. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const zeros = once(() => Buffer.alloc(64 * MIB));

const bombs = {
  gzip: once(() => gzipSync(zeros())),
  deflate: once(() => deflateSync(zeros())),
  br: once(() => brotliCompressSync(zeros(), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  'gzip, gzip': once(() => gzipSync(gzipSync(zeros()))),
};

const thrown = (
  name: string,
  expect: readonly string[],
  mounts: readonly ('webhook' | 'route' | 'inflate')[],
  bomb: (scene: Scene) => Delivery,
): Attack => ({
  name,
  expect,
  mounts,
  kind: 'alone',
  async run(scene) {
    const sender = await scene.open();
    const delivery = bomb(scene);
    const before = seesMemory ? (await scene.server.memory()).now : 0;
    await sender.send(delivery);
    await sender.hear();
    const taken = seesMemory ? (await scene.server.memory()).peak - before : 0;
    if (taken > BOUND) throw new Error(`${Math.round(taken / MIB)} MiB were taken for it`);
  },
});

const small = Buffer.from('{"n":1}');

/** More than a body may be, in less than a body may be. */
export const bombAttacks: readonly Attack[] = [
  ...Object.entries(bombs).map(([encoding, bomb]) =>
    thrown(
      `64 MiB of zeros as ${encoding}, signed as sent`,
      ['415 open'],
      ['webhook', 'route'],
      ({ deliveryOf }) => ({
        ...deliveryOf({ body: bomb(), headers: [['Content-Encoding', encoding]] }),
        isGenuine: false,
      }),
    ),
  ),
  thrown('64 MiB of zeros as gzip, signed, to who inflates', ['413 open'], ['inflate'], ({ deliveryOf }) => ({
    ...deliveryOf({ body: bombs.gzip(), signs: zeros(), headers: [['Content-Encoding', 'gzip']] }),
    isGenuine: false,
  })),
  thrown('64 MiB of zeros as deflate, forged, to who inflates', ['413 open'], ['inflate'], ({ deliveryOf }) =>
    deliveryOf({ body: bombs.deflate(), forged: true, headers: [['Content-Encoding', 'deflate']] }),
  ),
  ...['br', 'gzip, gzip', 'zstd', 'identity, gzip'].map((encoding) =>
    thrown(`${encoding}, to who inflates`, ['415 open'], ['inflate'], ({ deliveryOf }) => ({
      ...deliveryOf({
        body: (encoding === 'br' ? bombs.br : bombs.gzip)(),
        headers: [['Content-Encoding', encoding]],
      }),
      isGenuine: false,
    })),
  ),
  thrown('gzip, to who inflates', ['200 open'], ['inflate'], ({ deliveryOf }) =>
    deliveryOf({ body: gzipSync(small), signs: small, headers: [['Content-Encoding', 'gzip']] }),
  ),
  thrown('gzip that is cut off, to who inflates', ['415 open'], ['inflate'], ({ deliveryOf }) => ({
    ...deliveryOf({
      body: gzipSync(small).subarray(0, -6),
      signs: small,
      headers: [['Content-Encoding', 'gzip']],
    }),
    isGenuine: false,
  })),
  thrown(
    'gzip with garbage behind, to who inflates',
    ['415 open', '200 open'],
    ['inflate'],
    ({ deliveryOf }) =>
      deliveryOf({
        body: Buffer.concat([gzipSync(small), Buffer.from('garbage')]),
        signs: small,
        headers: [['Content-Encoding', 'gzip']],
      }),
  ),
  thrown('deflate that says gzip, to who inflates', ['415 open'], ['inflate'], ({ deliveryOf }) => ({
    ...deliveryOf({ body: deflateSync(small), signs: small, headers: [['Content-Encoding', 'gzip']] }),
    isGenuine: false,
  })),
];
