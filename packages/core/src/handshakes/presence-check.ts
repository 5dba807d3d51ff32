import type { Handshake } from '../handshake.ts';
import { emptyResponse } from '../http.ts';

/** Trello, Circle, Mandrill and others look whether anybody is there, by a method that delivers nothing. */
export const presenceCheck = (method: 'HEAD' | 'GET'): Handshake => ({
  name: `${method} check`,
  stage: 'request',
  methods: [method],
  answer: ({ request }) => (request.method === method ? emptyResponse(200) : undefined),
});
