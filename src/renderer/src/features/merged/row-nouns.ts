/** What a row of a merged table is called: settings have one row for each server. */
export const rowNouns = (named: {
  readonly singular: string
  readonly plural: string
  readonly single: boolean
}): { readonly singular: string; readonly plural: string } =>
  named.single ? { singular: 'server', plural: 'servers' } : { singular: named.singular, plural: named.plural }
