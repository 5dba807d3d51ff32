import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DEADLINE } from './journal.ts';
import { parseResponse, type RawResponse } from './raw-response.ts';

/**
 * An HTTP client with no opinions: it sends the bytes it is given, when it is told, and hangs up as rudely as asked.
 *
 * @example
 * ```ts
 * const connection = await RawConnection.open(port);
 * await connection.write(requestBytes(deliveryOf()));
 * const { status } = await connection.response();
 * connection.close();
 * ```
 */
export class RawConnection {
  readonly #socket: Socket;
  readonly #patience: number;
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};

  /**
   * @param port of a server on 127.0.0.1
   * @param patience ms to wait for what is certain to come
   */
  static async open(port: number, patience = DEADLINE): Promise<RawConnection> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawConnection(socket, patience);
  }

  private constructor(socket: Socket, patience: number) {
    this.#socket = socket;
    this.#patience = patience;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    // A reset ends what can be read; whether enough has arrived by then is for `response` to say.
    socket.on('error', () => this.#end());
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** What has been heard and is part of no answer yet. */
  get unread(): Buffer {
    return this.#received;
  }

  /** Whether the other side has said its last. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** Resolves when the system has taken the bytes, or the connection is gone. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#socket.writable) return resolve();
      this.#socket.once('close', resolve);
      this.#socket.write(bytes, () => {
        this.#socket.off('close', resolve);
        resolve();
      });
    });
  }

  /** Each byte in a packet of its own, as far as the system lets it. */
  async drip(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      await this.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
  }

  /** Hears nothing until `response` is called, like senders that write all of their body first. */
  coverEars(): void {
    this.#socket.pause();
  }

  /** Waits until there is something to be found in what was heard. Rejects when it cannot come any more. */
  async #until<Found>(find: () => Found | undefined, what: string): Promise<Found> {
    this.#socket.resume();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#wake();
    }, this.#patience);
    try {
      for (;;) {
        const found = find();
        if (found !== undefined) return found;
        if (this.#ended || late) {
          const heard = JSON.stringify(this.#received.toString('latin1').slice(0, 200));
          throw new Error(
            `${late ? `no ${what} in time` : `the connection ended without an ${what}`}; heard ${heard}`,
          );
        }
        await new Promise<void>((wake) => {
          this.#wake = wake;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next answer. Rejects when the connection ends without one. */
  async response(method = 'POST'): Promise<RawResponse> {
    const { response, rest } = await this.#until(
      () => parseResponse(this.#received, this.#ended, method),
      'answer',
    );
    this.#received = rest;
    return response;
  }

  /** Waits for `100 Continue`, which is left for `response` to skip. */
  continued(): Promise<true> {
    return this.#until(
      () => this.#received.toString('latin1', 0, 12) === 'HTTP/1.1 100' || undefined,
      'invitation to go on',
    );
  }

  /** Waits until the other side has said its last. */
  ended(): Promise<true> {
    return this.#until(() => this.#ended || undefined, 'end of the connection');
  }

  /** Says that no more will be sent, and goes on listening. */
  finish(): void {
    this.#socket.end();
  }

  /** Resets the connection. */
  abort(): void {
    this.#socket.resetAndDestroy();
  }

  close(): void {
    this.#socket.destroy();
  }
}
