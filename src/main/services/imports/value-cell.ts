import { cidrOf } from '@shared/domain/cidr'
import { isLikeAddress } from './address-list'

const dateOrTime = /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?)$/
const number = /^[+-]?\d[\d\s]*(?:[.,]\d+)?%?$/
const link = /^(?:[a-z][a-z\d+.-]*:\/\/|(?:sips?|tel|mailto):)/i
const email = /^[^\s@]+@[^\s@]+$/
const hostLabel = /^[a-z\d-]+$/i

/** An address or range, or what is meant as one; a comment may follow. */
export function isAddressCell(cell: string): boolean {
  const text = cell.trim()
  if (dateOrTime.test(text)) return false
  return cidrOf(text.split(/[\s/–—-]/, 1)[0] ?? '') !== undefined || (!/\s/.test(text) && isLikeAddress(text))
}

/** A host name with a domain, with or without a port. Names of nested fields look the same. */
export function isHostCell(cell: string): boolean {
  const labels = cell.trim().replace(/:\d+$/, '').split('.')
  return labels.length > 1 && labels.every((label) => hostLabel.test(label)) && /[a-z]/i.test(labels.at(-1) ?? '')
}

/** An address, number, link or email address: no column is called so. */
export function isValueCell(cell: string): boolean {
  const text = cell.trim()
  return isAddressCell(text) || number.test(text) || link.test(text) || email.test(text)
}
