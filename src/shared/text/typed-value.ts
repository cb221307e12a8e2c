import { cidrOf, type Cidr } from '../domain/cidr'

/** The address or range that a text means; undefined for other text, also for the beginning of an address. */
export function typedAddress(text: string): Cidr | undefined {
  if (!/[.:]/.test(text)) return undefined
  return cidrOf(text.replace(/^\[|\]$/g, ''))
}

/** Digits from which on a text is a telephone number; shorter ones are ports, names and parts of addresses, too. */
const digitsMin = 5

/**
 * The digits of a telephone number as the PBX stores them, without `+` or leading zeros: `+49 (30) 1234-5` is
 * `493012345`. Undefined for other text.
 */
export function typedNumber(text: string): string | undefined {
  const trimmed = text.trim()
  if (!/^\+?[\d\s()/.-]+$/.test(trimmed)) return undefined
  // Dots alone are the beginning of an address; four numbers with dots are one, also as the end of a range.
  if (
    /^\d{1,3}(\.\d{1,3}){1,3}\.?(\/\d{0,3})?$/.test(trimmed) ||
    /(^|[\s-])\d{1,3}(\.\d{1,3}){3}($|[\s/-])/.test(trimmed)
  )
    return undefined
  const digits = trimmed.replace(/\D/g, '').replace(/^0+/, '')
  return digits.length >= digitsMin ? digits : undefined
}
