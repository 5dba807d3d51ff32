import type { Conversation, Heard, Sent } from './conversation.ts';
import type { ServerProcess } from './server-process.ts';

interface Proof {
  readonly id: string;
  readonly digest: string;
}

function proofOf({ body }: Heard): Proof | undefined {
  try {
    const { id, digest } = JSON.parse(body.toString()) as Partial<Proof>;
    return id !== undefined && digest !== undefined ? { id, digest } : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a 2xx: nothing, if this very delivery was genuine and its handler had returned by then. */
async function falsehoods(
  answer: Heard,
  sent: Sent | undefined,
  server: ServerProcess,
): Promise<readonly string[]> {
  if (sent === undefined) return ['a 2xx that nobody asked for'];
  const { request } = sent;
  if (!('digest' in request) || !request.isGenuine) return ['a 2xx for what is no genuine delivery'];
  const { digest, ended } = await server.ran(request.id);
  if (digest !== request.digest) return ['the handler was given other bytes than were sent'];
  if (ended > answer.at) return ['a 2xx before its handler had returned'];
  // What a route answered is not kept for duplicates.
  const isDuplicate = answer.headers.get('webhook-dedup') === 'duplicate';
  if (isDuplicate && answer.body.toString() === '{"received":true}') return [];
  const proof = proofOf(answer);
  if (proof === undefined) return ['a 2xx that does not say what ran'];
  if (proof.id !== request.id) return ['a 2xx for another delivery than the one that it answers'];
  return proof.digest === request.digest ? [] : ['a 2xx for other bytes than were sent'];
}

/** What is wrong with what ran: a forged delivery never, a genuine one once at most. */
function misdeeds({ request }: Sent, server: ServerProcess): readonly string[] {
  if (!('digest' in request)) return [];
  const times = server.runs.get(request.id)?.length ?? 0;
  return times > (request.isGenuine ? 1 : 0)
    ? [`what is ${request.isGenuine ? '' : 'not '}genuine ran ${times} times`]
    : [];
}

/** Whether what was heard on a connection is true, in order, and all. */
export async function judge(conversation: Conversation, server: ServerProcess): Promise<readonly string[]> {
  const { sent, heard, unread, isEnded, isHungUp } = conversation;
  const complaints: string[] = [];
  for (const [index, answer] of heard.entries()) {
    if (answer.status >= 200 && answer.status < 300)
      complaints.push(...(await falsehoods(answer, sent[index], server)));
  }
  for (const each of sent) complaints.push(...misdeeds(each, server));
  // One more: Node's own answer to what it cannot read, after which it hangs up.
  const allowed = sent.length + (isEnded ? 1 : 0);
  if (heard.length > allowed) complaints.push(`${heard.length} answers to ${sent.length} requests`);
  if (unread.length > 0 && !isHungUp)
    complaints.push(`what is no answer: ${JSON.stringify(unread.toString('latin1').slice(0, 80))}`);
  const unanswered = sent.slice(heard.length).some(({ isWhole }) => isWhole);
  if (unanswered && !isEnded && !isHungUp)
    complaints.push('a request was not answered, and the connection is open');
  return complaints;
}
