import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const packages = join(root, 'packages');
const folder = join(import.meta.dirname, '.examples');

const published = readdirSync(packages).filter(
  (name) => !JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).private,
);

interface Source {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = published.flatMap((name) =>
  readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(packages, name, 'src', file))
    .map((path) => ({ name, path, text: readFileSync(path, 'utf8') })),
);

interface Example {
  readonly source: Source;
  readonly code: string;
}

const examples: readonly Example[] = sources.flatMap((source) =>
  [...source.text.matchAll(/\/\*\*.*?\*\//gs)]
    .map(([comment]) => comment.replace(/^ *\* ?/gm, ''))
    .flatMap((comment) => [...comment.matchAll(/```ts\n(.*?)```/gs)])
    .map(([, code = '']) => ({ source, code })),
);

const exported = sources.flatMap((source) =>
  [...source.text.matchAll(/^export (?:async )?(const|function|class|interface|type) (\w+)/gm)].map(
    ([, kind = '', symbol = '']) => ({ source, symbol, isType: kind === 'interface' || kind === 'type' }),
  ),
);

/** What the reader has: his own things, and those of his framework. Name → type. */
const THEIRS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  any: {
    provider: "import('@countersign/core').Provider<import('@countersign/core').OpenEvents>",
    receiver: "import('@countersign/core').Receiver",
    request: 'Request',
    secret: 'string',
    pool: "import('pg').Pool",
    env: `{
      DB: import('@countersign/cloudflare').D1Binding;
      DEDUP: import('@countersign/cloudflare').DurableObjectBinding;
      STRIPE_WEBHOOK_SECRET: string;
    }`,
    parser: '{ parse(xml: string): unknown }',
    fulfil: '(invoice: string) => Promise<void>',
    findOrder: '(payload: unknown) => Promise<object | undefined>',
    work: '(input?: unknown) => Promise<void>',
    test: '(name: string, run: () => Promise<void>) => void',
    myStore: "() => import('@countersign/core').DedupStore",
    openStoreAndEffects: "() => Promise<import('@countersign/testing').OpenTransactionalStore<object>>",
    express5: "import('@countersign/testing').AdapterUnderTest",
  },
  express: { app: "import('express').Express" },
  hono: { app: "import('hono').Hono" },
  koa: { router: "import('@koa/router').default" },
  testing: {
    adapter: "import('@countersign/testing').AdapterUnderTest",
    routes: "import('@countersign/testing').RouteUnderTest[]",
    listen: "(app: object) => Promise<import('@countersign/testing').RunningApp>",
    port: 'number',
    socket: "import('node:net').Socket",
    received: 'Buffer',
  },
};

/** Of Node 22, which is newer than the types installed here. */
const NODE_SQLITE = `declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(path: string, options?: { readonly timeout?: number });
    exec(sql: string): void;
    prepare(sql: string): {
      all(...values: (string | number | null)[]): unknown[];
      run(...values: (string | number | null)[]): unknown;
    };
    readonly isTransaction: boolean;
  }
}`;

const INSTALLED_BY_POSTGRES = {
  'drizzle-orm': 'drizzle-orm/index.d.ts',
  'drizzle-orm/node-postgres': 'drizzle-orm/node-postgres/index.d.ts',
  knex: 'knex/types/index.d.ts',
  kysely: 'kysely/dist/esm/index.d.ts',
  postgres: 'postgres/types/index.d.ts',
};

/** An example with what it speaks of and does not say where it has it from. */
function programOf({ source, code }: Example): string {
  const said = new Set(
    code.match(/(?<=\b(?:const|import|class|function) )\w+|(?<=^import .*)\w+(?=.* from)/gm),
  );
  const asked = [...new Set(code.match(/\b[A-Za-z]\w*\b/g))].filter((name) => !said.has(name));
  const theirs: Readonly<Record<string, string>> = { ...THEIRS.any, ...THEIRS[source.name] };
  const lines = asked.map((name) => {
    const found = exported.filter(({ symbol }) => symbol === name);
    // Its own package first, where two have one name.
    const { source: from, isType } = found.find((each) => each.source.name === source.name) ?? found[0] ?? {};
    if (from) return `import { ${isType ? 'type ' : ''}${name} } from '${relative(folder, from.path)}';\n`;
    return Object.hasOwn(theirs, name) ? `declare const ${name}: ${theirs[name]};\n` : '';
  });
  return `// ${relative(root, source.path)}\n${lines.join('')}${code}\nexport {};\n`;
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [at, example] of examples.entries()) {
    writeFileSync(join(folder, `example-${at + 1}.ts`), programOf(example));
  }
  writeFileSync(join(folder, 'node-sqlite.d.ts'), NODE_SQLITE);
  const paths = Object.fromEntries(
    Object.entries(INSTALLED_BY_POSTGRES).map(([name, file]) => [
      name,
      [join(packages, 'postgres/node_modules', file)],
    ]),
  );
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions: { paths }, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has examples of every package', () => {
  const names = new Set(examples.map(({ source }) => source.name));
  expect([...names].sort()).toEqual([...published].sort());
});

it('shows only code that compiles', async () => {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const report = await run(tsc, ['-p', folder]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
  expect(report).toBe('');
}, 60_000);
