const line = (at: number) => ({
  id: `il_1QhM2v2eZvKYlo2C${String(at).padStart(6, '0')}`,
  price: 'price_1NkQ8z2eZvKYlo2C',
  amount: 4200 + (at % 99),
  currency: 'eur',
  discounts: [],
  livemode: true,
});

/** An event as a sender of payments writes it, of exactly so many bytes (at least 300). */
export function bodyOf(bytes: number, id: string): Buffer {
  const event = {
    id,
    object: 'event',
    type: 'invoice.paid',
    created: 1_795_000_000,
    data: { object: { id: 'in_1QhM2v2eZvKYlo2C', note: '', lines: [] as object[] } },
  };
  const { object } = event.data;
  const empty = JSON.stringify(event).length;
  const each = JSON.stringify(line(0)).length + 1;
  object.lines = Array.from({ length: Math.floor((bytes - empty) / each) }, (_, at) => line(at));
  object.note = 'x'.repeat(Math.max(0, bytes - JSON.stringify(event).length));
  return Buffer.from(JSON.stringify(event));
}
