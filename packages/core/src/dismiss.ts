/** Nobody waits for this: should it be a promise that rejects, that ends here, and not the process. */
export function dismiss(value: unknown): void {
  if (typeof value === 'object' && value !== null) Promise.resolve(value).catch(() => {});
}
