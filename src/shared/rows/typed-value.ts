import { cidrOf, comparedCidr, type Cidr } from '../domain/cidr'
import { fold } from '../text/fold'

const withoutPort = (host: string): string => {
  const [, v6, name] = /^(?:\[([\d:.a-f]+)\]|((?:[\w-]+\.)+[\w-]+))(?::\d{1,5})?$/i.exec(host) ?? []
  return v6 ?? name ?? host
}

/** Text in brackets, before parameters, or before a comma: `<sip:alice@pbx.example>;tag=1`, `(192.0.2.1)`, `192.0.2.1,`. */
const wrapped = /^(?:<([^<>]+)>.*|\(([^()]+)\)[,;]?|\[([\d.]+)\][,;]?|([^,;]+)[,;])$/

/**
 * What a pasted address names, in a search: the host of `https://198.51.100.7:8887/x` and `198.51.100.7:5060`, the number
 * of `tel:+49-30-1234` and `sip:+49301234@pbx.example`, and the host of other SIP addresses. Other text as it is.
 */
export function namedIn(typed: string): string {
  const text = typed.trim()
  const inner = wrapped
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined)
  const named = inner === undefined ? '' : nameOf(inner)
  return named !== '' && (named !== inner || cidrOf(named) !== undefined) ? named : nameOf(text)
}

function nameOf(text: string): string {
  const [, number] = /^tel:([^;]*)/i.exec(text) ?? []
  if (number !== undefined) return number
  const [, user, sipHost] = /^sips?:(?:([^@]*)@)?([^;?]*)/i.exec(text) ?? []
  if (sipHost !== undefined) {
    const [name = ''] = (user ?? '').split(/[:;]/)
    return /^\+?[\d().-]{3,}$/.test(name) ? name : withoutPort(sipHost)
  }
  const [, host] = /^[a-z][a-z\d+.-]*:\/\/(?:[^@/]*@)?([^/?#\s]+)/i.exec(text) ?? []
  return withoutPort(host ?? text)
}

/** The words of a search as they were typed, each as what it names. */
export const namedWords = (typed: string): readonly string[] =>
  typed
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(namedIn)

/** The folded words of a search of everything. Quotes have a meaning in filters; here a person pastes them. */
export const searchedWords = (typed: string): readonly string[] => namedWords(fold(typed).replaceAll('"', ' '))

/** Quotes, brackets and signs around an address that was copied out of a sentence, a log or code. */
const around = /^[\s"'`“”„‘’«»<([{|]+|[\s"'`“”„‘’«»>)\]}|.,;:!?]+$/g

/** The address or range that a text means, an IPv4-mapped one as IPv4; undefined for other text, also for the beginning of an address. */
export function typedAddress(text: string): Cidr | undefined {
  const named = namedIn(text)
  if (!/[.:]/.test(named)) return undefined
  const [bare = ''] = text.replaceAll(around, '').split(';')
  return comparedCidr(named) ?? comparedCidr(namedIn(bare))
}

/** The text of that address, without the prefix length of a single one. */
export const addressText = ({ text }: Cidr): string => text.replace(/\/(32|128)$/, '')

/** Digits from which on a text is a telephone number; shorter ones are ports, names and parts of addresses, too. */
const digitsMin = 5

/**
 * The digits of a telephone number as the PBX stores them, without `+` or leading zeros: `+49 (30) 1234-5` is
 * `493012345`. Undefined for other text.
 */
export function typedNumber(text: string): string | undefined {
  // In +49 (0)30 the zero is dialed in the country only.
  const trimmed = namedIn(text).replace(/^((?:\+|00)\d+\s*)\(0\)/, '$1')
  if (!/^\+?[\d\s()/.\u2010-\u2015-]+$/.test(trimmed)) return undefined
  // Dots alone are the beginning of an address; four numbers with dots are one, also as the end of a range.
  if (
    /^\d{1,3}(\.\d{1,3}){1,3}\.?(\/\d{0,3})?$/.test(trimmed) ||
    /(^|[\s-])\d{1,3}(\.\d{1,3}){3}($|[\s/-])/.test(trimmed)
  )
    return undefined
  const digits = trimmed.replace(/\D/g, '').replace(/^0+/, '')
  return digits.length >= digitsMin ? digits : undefined
}
