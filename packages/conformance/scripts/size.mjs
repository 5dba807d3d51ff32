// What a Stripe receiver on Express costs in a bundle, Express itself left out.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { outputFiles } = await build({
  stdin: {
    contents: `
      import { createReceiver, webhook } from '@countersign/express';
      import { stripe } from '@countersign/providers/stripe';
      console.log(createReceiver, webhook, stripe);`,
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@countersign/source'],
  external: ['express'],
});
const [{ contents }] = outputFiles;
console.log(`minified ${contents.length} bytes, gzip ${gzipSync(contents, { level: 9 }).length} bytes`);
