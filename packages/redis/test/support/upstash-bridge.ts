import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Redis as Ioredis } from 'ioredis';

export interface UpstashBridge {
  readonly url: string;
  /** Every command that came, with its arguments. */
  readonly commands: readonly string[][];
  close(): Promise<void>;
}

interface Answer {
  result?: unknown;
  error?: string;
}

/** Upstash's encoding of a reply: every text but OK in base64. */
function encode(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(encode);
  return typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : reply;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Speaks Upstash's REST protocol in front of a real Redis: a command at `/`, a list of them at `/pipeline`. */
export async function startUpstashBridge(redisUrl: string): Promise<UpstashBridge> {
  const redis = new Ioredis(redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => 50 });
  redis.on('error', () => {});
  const commands: string[][] = [];

  async function run([name, ...args]: string[], wantsBase64: boolean): Promise<Answer> {
    commands.push([name as string, ...args]);
    try {
      const result = await redis.call(name as string, args);
      return { result: wantsBase64 ? encode(result) : result };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await bodyOf(request));
    const wantsBase64 = request.headers['upstash-encoding'] === 'base64';
    const answer: Answer | Answer[] =
      request.url === '/pipeline'
        ? await Promise.all(body.map((command: string[]) => run(command.map(String), wantsBase64)))
        : await run(body.map(String), wantsBase64);
    const isRefused = !Array.isArray(answer) && answer.error !== undefined;
    response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    commands,
    async close() {
      redis.disconnect();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
