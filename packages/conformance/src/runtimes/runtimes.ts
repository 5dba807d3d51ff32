import type { Expectation, Expectations } from './expectations.ts';
import type { Workshop } from './workshop.ts';

/** A program that a runtime runs to its end. */
export interface Program {
  readonly args: readonly string[];
  readonly expects: Expectation;
  /** Default: the latest versions. */
  readonly in?: keyof Omit<Workshop, 'close'>;
}

/** How a runtime is told to serve an app on a port. */
export type Serve = (app: string, port: number) => { args: readonly string[]; env?: Record<string, string> };

/** One of the ways in which a runtime is asked: a row of the table. */
export interface Way {
  readonly as: string;
  readonly programs: readonly Program[];
  readonly serve?: Serve;
}

export interface Runtime {
  readonly name: string;
  /** The npm package that it comes in. */
  readonly spec: string;
  /** What stands in the table. Default: that package. */
  readonly title?: string;
  readonly ways: readonly Way[];
}

/** Where modules are loaded: as ES modules, as CommonJS, and with the other crypto than the runtime's conditions choose. */
const loading = (
  { loaded, frameworks }: Expectations,
  { run = [], serve, more = [] }: { run?: readonly string[]; serve: Serve; more?: readonly Program[] },
): readonly Way[] => [
  {
    as: 'ESM',
    programs: [
      { args: [...run, 'portable.mjs', 'node'], expects: loaded },
      { args: [...run, 'frameworks.mjs'], expects: frameworks },
      ...more,
    ],
    serve,
  },
  { as: 'CommonJS', programs: [{ args: [...run, 'portable.cjs', 'node'], expects: loaded }] },
  {
    as: 'ESM, WebCrypto',
    programs: [{ args: [...run, '--conditions=workerd', 'portable.mjs', 'web'], expects: loaded }],
  },
];

const onNode: Serve = (app, port) => ({ args: ['node-app.mjs', `./${app}.mjs`, String(port)] });

/** The runtimes, and what each is asked. */
export function runtimes(expected: Expectations): readonly Runtime[] {
  const node = (version: string, more: readonly Way[] = []): Runtime => ({
    name: `node${version.split('.')[0]}`,
    spec: `node@${version}`,
    ways: [...loading(expected, { serve: onNode }), ...more],
  });

  const worker = (as: string, suffix: string): Way => ({
    as,
    programs: [{ args: ['test', `worker${suffix}.capnp`], expects: expected.bundled }],
    serve: (app, port) => ({
      args: ['serve', `${app}${suffix}.capnp`, `--socket-addr=http=127.0.0.1:${port}`],
    }),
  });

  return [
    node('20.20.2', [
      {
        as: 'lowest peers',
        programs: [{ args: ['frameworks.mjs'], expects: expected.lowest, in: 'lowest' }],
      },
    ]),
    node('22.23.3'),
    node('24.21.0'),
    node('26.10.0'),
    {
      name: 'bun',
      spec: 'bun@1.4.4',
      ways: loading(expected, {
        more: [{ args: ['bun-server.mjs'], expects: expected.server }],
        serve: (app, port) => ({ args: ['run', `${app}.mjs`], env: { PORT: String(port) } }),
      }),
    },
    {
      name: 'deno',
      spec: 'deno@2.9.6',
      ways: loading(expected, {
        run: ['run', '--allow-all'],
        more: [{ args: ['run', '--allow-all', 'deno-server.mjs'], expects: expected.server }],
        // With no permission but to serve.
        serve: (app, port) => ({
          args: ['serve', '--no-prompt', '--host', '127.0.0.1', '--port', String(port), `${app}.mjs`],
        }),
      }),
    },
    {
      name: 'workerd',
      spec: 'workerd@1.20261117.1',
      ways: [worker('no flags', ''), worker('nodejs_compat', '-node')],
    },
    {
      name: 'edge',
      spec: 'node@20.20.2',
      title: 'edge-runtime 4.0.1',
      ways: [
        {
          as: '@edge-runtime/vm 5',
          programs: [{ args: ['edge-vm.mjs', 'edge.js'], expects: expected.bundled }],
          serve: (app, port) => ({ args: ['edge-app.mjs', `${app}.edge.js`, String(port)] }),
        },
      ],
    },
  ];
}
