/** What a signature may cover: a request, or a response together with the request that it answers. */
export interface HttpMessage {
  readonly headers: { get(name: string): string | null };
  readonly method?: string;
  /** Absolute: the address that the sender used. */
  readonly url?: string;
  readonly status?: number;
  readonly request?: HttpMessage;
}
