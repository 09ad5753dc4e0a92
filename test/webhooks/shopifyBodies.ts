type Fields = Readonly<Record<string, unknown>>

const money = (name: string, amount: string, currency: string) => ({
  [name]: amount,
  [`${name}_set`]: {
    shop_money: { amount, currency_code: 'USD' },
    presentment_money: { amount, currency_code: currency },
  },
})

const line = {
  id: 866550311766,
  variant_id: 808950810,
  product_id: 632910392,
  title: 'IPod Nano - 8GB',
  variant_title: 'Pink',
  quantity: 2,
  ...money('price', '25.00', 'EUR'),
  discount_allocations: [money('amount', '10.00', 'EUR')],
  tax_lines: [money('price', '8.00', 'EUR')],
}

/** An order of 53 euros: two for 25, 10 less; 8 of tax and 5 of shipping. */
export const shopifyOrder = (more: Fields = {}) => ({
  id: 820982911946154,
  cart_token: '68778783ad298f1c80c3bafcddeea02f',
  created_at: '2026-03-10T13:00:00+01:00',
  currency: 'USD',
  customer: { id: 115310627314723, email: 'john@example.com', first_name: 'John' },
  discount_codes: [{ code: 'SPRING', amount: '10.00', type: 'fixed_amount' }],
  email: 'jon@example.com',
  financial_status: 'paid',
  note_attributes: [],
  ...money('subtotal_price', '40.00', 'EUR'),
  ...money('total_price', '53.00', 'EUR'),
  ...money('total_tax', '8.00', 'EUR'),
  ...money('total_shipping_price', '5.00', 'EUR'),
  taxes_included: false,
  line_items: [line],
  shipping_lines: [{ ...money('price', '5.00', 'EUR'), ...money('discounted_price', '5.00', 'EUR'), tax_lines: [] }],
  test: false,
  ...more,
})

/** One of the two comes back with its tax and the shipping: 29 euros, 20 of them for the goods. */
export const shopifyRefund = (more: Fields = {}) => ({
  id: 890088186047892,
  order_id: 820982911946154,
  created_at: '2026-03-11T13:00:00+01:00',
  transactions: [
    { id: 245135271310201, kind: 'refund', status: 'success', amount: '29.00', currency: 'EUR', test: false },
  ],
  refund_line_items: [{ quantity: 1, ...money('total_tax', '4.00', 'EUR'), line_item: line }],
  order_adjustments: [
    { kind: 'shipping_refund', ...money('amount', '-5.00', 'EUR'), ...money('tax_amount', '0.00', 'EUR') },
  ],
  ...more,
})

export const shopifyCheckout = (more: Fields = {}) => ({
  id: 981820079255243,
  token: 'exuw7apwoycchjuwtiqg8nytfhphr62a',
  cart_token: '68778783ad298f1c80c3bafcddeea02f',
  created_at: '2026-03-10T12:50:00+01:00',
  email: 'john@example.com',
  currency: 'USD',
  presentment_currency: 'EUR',
  customer_locale: 'en',
  subtotal_price: '48.00',
  total_price: '48.00',
  total_tax: '8.00',
  taxes_included: true,
  line_items: [{ ...line, price: '25.00' }],
  shipping_lines: [],
  ...more,
})

interface ShopifyCartLine {
  readonly variant: number
  readonly quantity: number
  readonly price?: string
}

export const shopifyCart = (time: string, ...lines: readonly ShopifyCartLine[]) => ({
  id: '68778783ad298f1c80c3bafcddeea02f',
  token: '68778783ad298f1c80c3bafcddeea02f',
  line_items: lines.map(({ variant, quantity, price = '20.00' }) => ({
    id: variant,
    variant_id: variant,
    product_id: 632910392,
    title: 'IPod Nano - 8GB',
    quantity,
    ...money('price', price, 'EUR'),
    ...money('line_price', price, 'EUR'),
  })),
  note: null,
  updated_at: time,
  created_at: '2026-03-10T11:40:00.000Z',
})
