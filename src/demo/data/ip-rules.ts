import type { IpRule } from '@shared/domain/ip-rule'
import { toStamp } from '../clock'
import type { Random } from '../random'
import type { Ids } from './ids'
import { acceptedRanges, awkwardTexts, denyReasons } from './words'

const day = 86_400_000
const awkwardShare = 0.02

/** First octet of a public range: not private, loopback, documentation or multicast. */
const publicOctet = (random: Random): number => {
  const octet = 1 + random.below(223)
  return octet === 10 || octet === 127 || octet === 100 || (octet >= 169 && octet <= 203) ? 41 : octet
}

function v4(random: Random): string {
  const [a, b, c] = [publicOctet(random), random.below(256), random.below(256)]
  const shape = random.next()
  if (shape < 0.7) return `${a}.${b}.${c}.${random.below(256)}/32`
  if (shape < 0.95) return `${a}.${b}.${c}.0/24`
  return `${a}.${b}.${c & 0xf0}.0/20`
}

function v6(random: Random): string {
  const group = () => (1 + random.below(0xfffe)).toString(16)
  const head = `2a0${random.below(16).toString(16)}:${group()}`
  return random.chance(0.5) ? `${head}:${group()}::/48` : `${head}:${group()}::${group()}/128`
}

function expiry(random: Random, now: number): string | null {
  const kind = random.next()
  if (kind < 0.35) return null
  if (kind < 0.45) return toStamp(now - random.below(90) * day - random.below(day))
  if (kind < 0.6) return toStamp(now + 60_000 + random.below(7 * day))
  return toStamp(now + 7 * day + random.below(700) * day + random.below(day))
}

/** Awkward texts are used in turn, so that a long list has each of them. */
function describe(random: Random, turn: { awkward: number }): string | null {
  if (random.chance(awkwardShare)) return awkwardTexts[turn.awkward++ % awkwardTexts.length] ?? null
  if (random.chance(0.15)) return null
  return random.pick(denyReasons)
}

/**
 * Rules of a PBX that has been online for years: accepted ranges first, then denied ones, without duplicates. With
 * `serviceDays`, only the accepted ranges of the PBX's services expire, after this many days.
 */
export function makeIpRules(
  count: number,
  random: Random,
  ids: Ids,
  now: number,
  serviceDays: number | undefined,
): IpRule[] {
  const accepted = (service: boolean, usual: string | null): string | null => {
    if (serviceDays === undefined) return usual
    return service ? toStamp(now + serviceDays * day) : null
  }
  const rules: IpRule[] = []
  const turn = { awkward: 0 }
  const usedRanges = new Set<string>()
  for (const { cidr, description, service } of acceptedRanges.slice(0, count)) {
    const usual = rules.length % 3 === 0 ? null : toStamp(now + (rules.length === 4 ? 5 : 3650) * day)
    rules.push({ id: ids.next(), cidr, target: 'ACCEPT', expire_at: accepted(service, usual), description })
  }
  while (rules.length < count) {
    const cidr = random.chance(0.2) ? v6(random) : v4(random)
    if (usedRanges.has(cidr)) continue
    usedRanges.add(cidr)
    const target = random.chance(0.01) ? 'ACCEPT' : 'DENY'
    const usual = expiry(random, now)
    const expire_at = target === 'ACCEPT' ? accepted(false, usual) : usual
    rules.push({ id: ids.next(), cidr, target, expire_at, description: describe(random, turn) })
  }
  return rules
}
