/** The metrics of the page Shop, in the order of their cards. */
export const SHOP_METRICS = [
  'revenue',
  'orders',
  'average_order_value',
  'purchase_conversion_rate',
  'cart_abandonment_rate',
  'cart_value_abandoned',
  'cart_value_recovered',
] as const
