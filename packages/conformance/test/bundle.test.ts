import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** What of the sources a program ends up with that imports one provider and makes a receiver of it. */
async function bundled(subpath: string, name: string): Promise<{ files: readonly string[]; text: string }> {
  const { metafile, outputFiles } = await build({
    stdin: {
      contents: `
        import { createReceiver } from '@countersign/core';
        import { ${name} } from '@countersign/providers/${subpath}';
        export default (options) => createReceiver(${name}(options), { on: {} });
      `,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@countersign/source'],
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { files: files.map(([file]) => file), text: outputFiles[0]?.text ?? '' };
}

const PUBLIC_KEYS = ['schemes/ed25519', 'schemes/ecdsa', 'schemes/rsa', 'schemes/public-key', 'core/src/der'];
const LIBRARIES = ['/jose/', '/structured-headers/', '/@noble/'];

it.each([
  ['stripe', 'stripe', [...PUBLIC_KEYS, ...LIBRARIES]],
  ['github', 'github', [...PUBLIC_KEYS, ...LIBRARIES]],
  ['discord', 'discord', ['schemes/hmac', 'schemes/ecdsa', 'schemes/rsa', ...LIBRARIES]],
])('an import of %s brings along nothing that it has no use for', async (subpath, name, absent) => {
  const { files, text } = await bundled(subpath, name);
  expect(files.some((file) => file.endsWith(`providers/src/${subpath}.ts`))).toBe(true);
  for (const part of absent) expect(files.filter((file) => file.includes(part))).toEqual([]);
  if (name !== 'discord') expect(text).not.toMatch(/ed25519/i);
});

it('bundles the whole catalogue where the optional peer is not installed', async () => {
  const { errors, outputFiles } = await build({
    stdin: {
      contents: "export { stripe } from '@countersign/providers';",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@countersign/source', 'workerd'],
    alias: { '@noble/hashes': 'not-installed' },
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  expect(outputFiles[0]?.text).not.toContain('noble');
});
