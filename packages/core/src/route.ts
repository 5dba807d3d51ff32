import type { Admitted } from './admission.ts';
import { jobOf } from './dedup-key.ts';
import { type HandlerContext, handlerTable } from './handlers.ts';
import type { FailureCode } from './outcome.ts';
import type { AnyReceiverOptions } from './receiver-options.ts';

/** What runs for an event, and what it is called when it fails. */
export interface Route {
  readonly handled: boolean;
  readonly failure: FailureCode;
  run(context: HandlerContext<unknown>): unknown;
}

/** From an event, and the key it is known by, to what runs for it. */
export type Router = (admitted: Admitted, key: string) => Route;

export function createRouter({ on = {}, enqueue, quarantine }: AnyReceiverOptions): Router {
  const handlers = handlerTable(on);

  return function route({ event, refusal }, key) {
    const failure = 'ERR_WEBHOOK_HANDLER_FAILED';
    if (refusal !== undefined) {
      return { handled: quarantine !== undefined, failure, run: () => quarantine?.(event, refusal.issues) };
    }
    if (enqueue !== undefined) {
      return {
        handled: true,
        failure: 'ERR_WEBHOOK_ENQUEUE_FAILED',
        run: async (context) => enqueue(event, { ...context, ...(await jobOf(key)) }),
      };
    }
    const handler = handlers.get(event.type) ?? handlers.get('*');
    return { handled: handler !== undefined, failure, run: (context) => handler?.(event, context) };
  };
}
