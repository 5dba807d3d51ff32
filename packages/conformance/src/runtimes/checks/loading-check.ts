import { createReceiver, type ReceiverOptions } from '@countersign/core';
import { factoryOptionsOf } from '../../../../providers/test/support/sample.ts';
import { makeProvider } from '../../make-provider.ts';
import type { Check } from './check.ts';
import type { Samples } from './sample-checks.ts';

/**
 * That a receiver of every provider can be made while a module loads, as every README shows it: there, Workers allow
 * neither timers, nor random numbers, nor anything that takes its time. So this is to be called there.
 */
export function loadingCheck(samples: Samples): Check {
  const failures: string[] = [];
  for (const [file, rows] of Object.entries(samples)) {
    for (const sample of rows) {
      try {
        const provider = makeProvider(file, { ...factoryOptionsOf(sample) });
        createReceiver(provider, { logger: false, on: {} } as ReceiverOptions);
      } catch (error) {
        failures.push(`${file}: ${error}`);
      }
    }
  }
  return {
    name: 'receivers of every provider are made while a module loads',
    run() {
      if (failures.length > 0) throw new Error(failures.join('\n'));
    },
  };
}
