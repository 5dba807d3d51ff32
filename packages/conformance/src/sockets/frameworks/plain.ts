import type { RequestListener } from 'node:http';
import { toFetchResponse, type WebhookRequest, type WebhookResponse } from '@countersign/core';
import { fromNode, sendNode } from '@countersign/core/node';
import { getRequestListener } from '@hono/node-server';
import type { App, Framework } from './framework.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** The answer of a route, once its delivery is settled by it. */
async function settled(
  work: Promise<string>,
  settle: (ok: boolean) => Promise<WebhookResponse | undefined>,
): Promise<WebhookResponse> {
  const body = await work.catch(() => undefined);
  const instead = await settle(body !== undefined);
  if (instead) return instead;
  return body === undefined
    ? { status: 500, headers: {}, body: '' }
    : { status: 200, headers: { ...JSON_TYPE }, body };
}

/** `node:http`, and nothing else. */
function nodeListener({ receiver, route }: App): RequestListener {
  if (route === undefined) {
    return async (request, response) => sendNode(request, response, await receiver.handle(fromNode(request)));
  }
  return async (request, response) => {
    const { event, response: answer, settle } = await receiver.open(fromNode(request));
    sendNode(request, response, answer ?? (await settled(route(event), settle)));
  };
}

/** `receiver.fetch`, where nothing but a bridge from Node to Fetch stands before it. */
function fetchListener({ receiver, route }: App): RequestListener {
  if (route === undefined) return getRequestListener((request) => receiver.fetch(request));
  return getRequestListener(async (request) => {
    const { event, response, settle } = await receiver.open(request as unknown as WebhookRequest);
    if (response) return toFetchResponse(response);
    return toFetchResponse(await settled(route(event), settle));
  });
}

export const plainFrameworks: readonly Framework[] = [
  { name: 'node:http', middleware: {}, listener: nodeListener },
  { name: 'fetch on node', middleware: {}, listener: fetchListener },
];
