import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Bundle, bundle } from '../../../src/bundle.ts';

/** The program of the servers, for as long as a file of tests runs. */
export function useProgram(): { readonly file: string } {
  let program: Bundle | undefined;
  beforeAll(async () => {
    program = await bundle(join(import.meta.dirname, '../../../src/sockets/server.ts'));
  });
  afterAll(() => program?.remove());
  return {
    get file() {
      if (program === undefined) throw new Error('it is made before all tests');
      return program.file;
    },
  };
}
