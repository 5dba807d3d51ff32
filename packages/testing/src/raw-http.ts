/**
 * HTTP byte by byte, for the tests of this workspace: not published.
 *
 * @module
 */
export { RawConnection } from './adapter-suite/raw-connection.ts';
export {
  chunkOf,
  type Framing,
  type HeaderLine,
  headOf,
  LAST_CHUNK,
  type RawRequest,
  requestBytes,
  withHeader,
} from './adapter-suite/raw-request.ts';
export type { RawResponse } from './adapter-suite/raw-response.ts';
