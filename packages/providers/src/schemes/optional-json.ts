import { json, type PayloadFormat } from '@countersign/core';

/** JSON, or nothing at all: some deliveries are all headers, and some are GETs. */
export const optionalJson: PayloadFormat = {
  name: 'json',
  parse: (body, request) => (body.length === 0 ? {} : json.parse(body, request)),
};
