import { texts } from './texts.ts'

export const growthTexts = texts('growth', {
  title: 'Growth',
  panels: {
    cards: 'Acquisition',
    revenue: 'Recurring revenue and customers',
    chart: 'Over time',
    acquisition: 'Acquisition by source',
    attribution: 'Revenue attribution',
    costs: 'Marketing costs',
  },
  leads: {
    attribution:
      'Divides each order among the visitor’s sessions in the 90 days before it. Refunds are subtracted from their order.',
    costs: 'Upload your spend by day, source and campaign to see acquisition costs and ROMI.',
  },
  form: {
    model: 'Attribution model',
    file: 'CSV file – choose or drop one here',
    columns:
      'Columns: date, source, medium, campaign, cost and currency; only date and cost are required. A later file replaces the costs of the same day, channel, source and campaign.',
    template: 'Template',
    forOwners: 'Only owners can upload costs.',
  },
  models: {
    first: 'First touch',
    last: 'Last touch',
    last_non_direct: 'Last non-direct touch',
    linear: 'Linear',
    position: 'Position-based',
    time_decay: 'Time decay',
  },
  acquisition: {
    none: 'No customers or costs in this period.',
  },
  attribution: {
    none: 'No orders in this period.',
    notFollowed: {
      one: '{count} order is from a visitor without a persistent ID. Only sessions on the same day can get its credit.',
      other:
        '{count} orders are from visitors without a persistent ID. Only sessions on the same day can get their credit.',
    },
  },
  costs: {
    noRows: 'The file has no rows below its header.',
    preview: 'First rows of {file}',
    rows: { one: '{count} row in {file}.', other: '{count} rows in {file}.' },
    upload: { one: 'Upload {count} row', other: 'Upload {count} rows' },
    stored: {
      one: '{count} row stored, {replaced} of which replaced earlier ones.',
      other: '{count} rows stored, {replaced} of which replaced earlier ones.',
    },
    rejected: { one: '{count} row rejected.', other: '{count} rows rejected.' },
    nothingStored: {
      one: 'Nothing was stored: {count} row rejected.',
      other: 'Nothing was stored: {count} rows rejected.',
    },
    reload: 'Reload the page to see the new figures.',
    rejectedTable: 'Rejected lines',
    line: 'Line',
    problem: 'Problem',
    first: 'Showing the first {count}.',
    storeValid: 'Store the valid rows',
  },
})
