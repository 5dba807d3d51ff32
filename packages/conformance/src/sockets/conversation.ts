import {
  chunkOf,
  type Framing,
  headOf,
  RawConnection,
  type RawRequest,
  type RawResponse,
  requestBytes,
} from '@countersign/testing/raw-http';
import type { Delivery } from './delivery.ts';
import { clock } from './messages.ts';

export interface Sent {
  readonly request: RawRequest | Delivery;
  /** All of it is on its way: it is to be answered, or the connection to be closed. */
  isWhole: boolean;
}

export interface Heard extends RawResponse {
  /** ms of the common clock, when all of it was here. */
  readonly at: number;
}

/** ms to wait for what is certain to come, also on a machine that has other things to do. */
const PATIENCE = 40_000;

/** A connection of a hostile sender, who keeps a book of what was said. */
export class Conversation {
  readonly sent: Sent[] = [];
  readonly heard: Heard[] = [];
  /** By us. */
  isHungUp = false;
  isForgotten = false;
  readonly #connection: RawConnection;

  static async open(port: number): Promise<Conversation> {
    return new Conversation(await RawConnection.open(port, PATIENCE));
  }

  private constructor(connection: RawConnection) {
    this.#connection = connection;
  }

  /** Notes a request whose bytes are written by hand. */
  note(request: RawRequest | Delivery, isWhole = true): void {
    this.sent.push({ request, isWhole });
  }

  write(bytes: Uint8Array | string): Promise<void> {
    return this.#connection.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** A whole request. */
  send(request: RawRequest | Delivery, framing?: Framing): Promise<void> {
    this.note(request);
    return this.write(requestBytes(request, framing));
  }

  /** Whole requests in one go. */
  pipeline(...requests: readonly (RawRequest | Delivery)[]): Promise<void> {
    for (const each of requests) this.note(each);
    return this.write(Buffer.concat(requests.map((each) => requestBytes(each))));
  }

  /** A request up to some byte of its body. */
  begin(
    request: RawRequest | Delivery,
    bytes: number,
    framing: 'length' | 'chunked' = 'length',
  ): Promise<void> {
    this.note(request, false);
    const part = request.body.subarray(0, bytes);
    if (framing === 'length') {
      const head = headOf(request, [['Content-Length', String(request.body.length)]]);
      return this.write(Buffer.concat([head, part]));
    }
    const head = headOf(request, [['Transfer-Encoding', 'chunked']]);
    return this.write(bytes === 0 ? head : Buffer.concat([head, chunkOf(part)]));
  }

  /** The next answer. */
  async hear(): Promise<Heard> {
    const { method } = this.sent[this.heard.length]?.request ?? {};
    const response = await this.#connection.response(method);
    const heard = { ...response, at: clock() };
    this.heard.push(heard);
    return heard;
  }

  /** An answer for each request, as long as the connection lasts. */
  async hearAll(): Promise<void> {
    try {
      while (this.heard.length < this.sent.length) await this.hear();
    } catch (error) {
      if (!this.isEnded) throw error;
    }
  }

  /** Whatever is still said, up to the end of the connection. */
  async hearOut(): Promise<void> {
    await this.#connection.ended();
    await this.hearRest();
  }

  /** What has come and was not listened to. */
  async hearRest(): Promise<void> {
    while (this.#connection.unread.length > 0) {
      try {
        await this.hear();
      } catch {
        return;
      }
    }
  }

  /** Was told to come again, and is no longer part of the story. */
  forget(): void {
    this.isForgotten = true;
    this.close();
  }

  continued(): Promise<true> {
    return this.#connection.continued();
  }

  coverEars(): void {
    this.#connection.coverEars();
  }

  /** What came and is no answer. */
  get unread(): Buffer {
    return this.#connection.unread;
  }

  get isEnded(): boolean {
    return this.#connection.isEnded;
  }

  /** Says that no more will be sent, and goes on listening. */
  finish(): void {
    this.#connection.finish();
  }

  abort(): void {
    this.isHungUp = true;
    this.#connection.abort();
  }

  close(): void {
    this.isHungUp = true;
    this.#connection.close();
  }

  /** `200 401, open`: what the sender saw. */
  get transcript(): string {
    const end = this.isHungUp ? 'hung up' : this.isEnded ? 'closed' : 'open';
    return [...this.heard.map(({ status }) => status), end].join(' ');
  }
}
