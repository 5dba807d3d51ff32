import { emptyResponse, type Handshake } from '@countersign/core';

/** A signed delivery whose `events` is empty: it asks whether anybody is there, and is no event. */
export const emptyBatch = (name: string): Handshake => ({
  name,
  stage: 'event',
  methods: ['POST'],
  answer({ payload }) {
    const { events } = (payload ?? {}) as { readonly events?: unknown };
    return Array.isArray(events) && events.length === 0 ? emptyResponse(200) : undefined;
  },
});
