import type { Section } from '../section.ts';
import { flatHeap } from './flat-heap.ts';
import { refusedUploads } from './refused-uploads.ts';

/** What is held, while strangers send too much, and while deliveries come for ever. */
export const memorySection: Section = {
  run: async () => [await refusedUploads(), await flatHeap()],
};
