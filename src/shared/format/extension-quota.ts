import type { Usage } from '../domain/server-facts'
import { countText } from './count-text'
import { printNumber } from './print-number'

/**
 * The warning that new tenants may exceed what is left of a dealer's extension limit; undefined if they fit, or if the
 * limit is not known. The API does not say whether the limit counts the extensions that exist or those that tenants may
 * have.
 */
export function extensionQuotaWarning(added: number, { used, limit }: Usage, tenants = 1): string | undefined {
  if (limit === undefined || added <= Math.max(0, limit - (used ?? 0))) return undefined
  const of = tenants > 1 ? ` of ${countText(tenants, 'tenant')}` : ''
  const what = `${countText(added, 'extension')}${of} may exceed the dealer’s extension limit`
  if (used === undefined) return `${what} of ${printNumber(limit)}.`
  return `${what}: ${printNumber(Math.max(0, limit - used))} of ${printNumber(limit)} are left.`
}
