import { github, githubDelivery } from './github.ts';
import type { Oracle } from './oracle.ts';

/** The same hook set to `application/x-www-form-urlencoded`: the payload is the field `payload`, as JSON. */
export const githubForm: Oracle = {
  ...github,
  name: 'github (form)',
  event: { format: 'form' },
  sign(event) {
    const body = new URLSearchParams({ payload: JSON.stringify(event.payload) }).toString();
    return githubDelivery(event, 'application/x-www-form-urlencoded', body);
  },
};
