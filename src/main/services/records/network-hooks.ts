import ipaddr from 'ipaddr.js'
import type { Guard } from '@shared/domain/write'
import type { network } from '@shared/resources/network'
import type { FieldKey } from '@shared/resources/resource'
import { plainText } from '@shared/text/plain-text'
import type { RecordHooks, PendingWrite } from './hooks'

type Key = FieldKey<typeof network>
type NetworkWrite = PendingWrite<Key>

/** Ranges that nobody reaches from the internet. */
const notPublic: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'linkLocal', 'uniqueLocal', 'reserved'])

const rangeOf = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).range() : '')

const same = (a: string, b: string): boolean =>
  a === b || (ipaddr.isValid(a) && ipaddr.isValid(b) && ipaddr.process(a).toString() === ipaddr.process(b).toString())

/** The values before and after the write of what it changes. */
function changed({ changes, current = {} }: NetworkWrite, key: Key): { before: string; after: string } | undefined {
  if (!Object.hasOwn(changes, key)) return undefined
  const [before, after] = [plainText(current[key]), plainText(changes[key])]
  return same(before, after) ? undefined : { before, after }
}

const breaks =
  'Phones, trunks, the SBC and the IM server that use it stop working until they use the new one. Update the allow rules of the SBC and the IM server, then restart the PBX.'

function addressGuards(write: NetworkWrite): readonly Guard[] {
  return (['private_ipv4', 'private_ipv6'] as const).flatMap((key): Guard[] => {
    const change = changed(write, key)
    if (change === undefined || change.before === '') return []
    const now = change.after === '' ? 'is removed' : `becomes ${change.after}`
    return [
      {
        kind: 'address-change',
        message: `The private address ${change.before} ${now}. ${breaks}`,
        addresses: [change.before, change.after].filter((text) => text !== ''),
      },
    ]
  })
}

function publicWarnings(write: NetworkWrite): readonly string[] {
  return (['public_ipv4', 'public_ipv6'] as const).flatMap((key) => {
    const change = changed(write, key)
    if (change === undefined) return []
    const { before, after } = change
    const warnings: string[] = []
    if (notPublic.has(rangeOf(after)))
      warnings.push(`${after} is not a public address. The PBX cannot be reached at it from outside.`)
    if (before !== '')
      warnings.push(`Update external phones and trunks that use ${before}, and the DNS records of the PBX.`)
    return warnings
  })
}

function nameWarnings(write: NetworkWrite): readonly string[] {
  const warnings: string[] = []
  const web = changed(write, 'web_domain')
  if (web !== undefined)
    warnings.push(
      web.after === ''
        ? 'Without a web domain, links in emails and phone provisioning by name do not work.'
        : `The certificate of the PBX must cover ${web.after}, and its DNS record must point here, or browsers, apps and phones refuse the connection.`,
    )
  if (ipaddr.isValid(web?.after ?? '')) warnings.push('Few certificates cover an IP address as the web domain.')
  const sbc = changed(write, 'sbc_domain')
  if (sbc !== undefined)
    warnings.push(
      'The certificate of the SBC must cover its new domain. Update WebRTC, Teams and the phones behind it.',
    )
  return warnings
}

function resolverWarnings(write: NetworkWrite): readonly string[] {
  const keys = ['primary_dns_server', 'secondary_dns_server'] as const
  const next = keys.map((key) => plainText({ ...write.current, ...write.changes }[key]))
  if (!keys.some((key) => changed(write, key) !== undefined)) return []
  const [first = '', second = ''] = next
  const warnings = next
    .filter((text) => text !== '' && !ipaddr.isValid(text))
    .map((text) => `The DNS server ${text} is not an IP address.`)
  if (first === '')
    warnings.push('Without a primary DNS server, host names of trunks and mail servers cannot be resolved.')
  else if (same(first, second)) warnings.push('Both DNS servers are the same, so there is no fallback.')
  return warnings
}

/** The app itself may lose the server by the change. */
function ownWarnings({ client, changes, current = {} }: NetworkWrite): readonly string[] {
  const remote = client.remoteAddress()
  const addresses = (['private_ipv4', 'public_ipv4', 'private_ipv6', 'public_ipv6'] as const).filter((key) =>
    Object.hasOwn(changes, key),
  )
  const lost = addresses.some((key) => remote !== undefined && same(plainText(current[key]), remote))
  return lost
    ? [`This app connects to the server at ${remote}. You may have to change its address in the workspace, too.`]
    : []
}

/** Addresses under which everything finds the PBX: what stops when one of them changes, and values that cannot be meant. */
export const networkHooks: RecordHooks<Key> = {
  check: (write) =>
    Promise.resolve({
      guards: addressGuards(write),
      warnings: [...publicWarnings(write), ...nameWarnings(write), ...resolverWarnings(write), ...ownWarnings(write)],
    }),
}
