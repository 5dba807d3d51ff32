import { describe, it } from 'vitest';
import { conversationRun } from '../../src/sockets/conversation-run.ts';
import { frameworks } from '../../src/sockets/frameworks/index.ts';
import { mutationRun } from '../../src/sockets/mutation-run.ts';
import { parserOrders } from '../../src/sockets/parser-orders.ts';
import { PATIENT } from '../../src/sockets/server-options.ts';
import { openTarget } from '../../src/sockets/target.ts';
import { useProgram } from './support/use-program.ts';

const program = useProgram();

/** Of the time, so that every run tries another; a failure prints it. */
const seed = Date.now() % 1_000_000;

describe.concurrent(`traffic over sockets, seed ${seed}`, () => {
  for (const framework of frameworks) {
    const { name } = framework;
    it(`${name}: parsers in every order, random conversations, damaged requests`, {
      timeout: 240_000,
    }, async ({ expect }) => {
      const target = await openTarget(program.file, { ...PATIENT, framework: name });
      try {
        const orders = await parserOrders(target, framework, { depth: 1, share: 1, seed });
        const conversations = await conversationRun(target, { connections: 40, seed });
        const mutations = await mutationRun(target, { requests: 150, seed });
        for (const { wrong, told } of [orders, conversations, mutations]) {
          expect(wrong.join('\n')).toBe('');
          expect(told[200]).toBeGreaterThan(0);
        }
      } finally {
        await target.server.stop();
      }
    });
  }
});
