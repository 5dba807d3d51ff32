/** A vendor's key server, as the factory's `fetch`: what it answers by address. Of anything else it knows nothing. */
const keyServer =
  (fetched: Readonly<Record<string, string>>): typeof fetch =>
  async (address) => {
    const text = Object.hasOwn(fetched, String(address)) ? fetched[String(address)] : undefined;
    return text === undefined ? new Response(null, { status: 404 }) : new Response(text);
  };

/** The `fetch` option for what a vector or a sample says of it. */
export const fetchOption = ({ fetched }: { readonly fetched?: Readonly<Record<string, string>> }) =>
  fetched === undefined ? {} : { fetch: keyServer(fetched) };
