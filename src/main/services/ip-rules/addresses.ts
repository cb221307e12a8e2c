import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import type { ServerRecord } from '@shared/domain/server'
import { serverInfo } from '../../portsip/info'
import type { PbxReader } from '../../portsip/pbx-client'
import type { ProtectedAddresses } from './guards'

export interface AddressSources {
  /** Addresses of this computer's interfaces. */
  readonly interfaces: () => readonly { readonly address: string; readonly internal: boolean }[]
  readonly resolve: (host: string) => Promise<readonly string[]>
}

/** A name that no server knows can take many seconds; the check goes on without it. */
const resolveMs = 2_000

async function resolve(host: string): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly string[]>((done) => (timer = setTimeout(() => done([]), resolveMs)))
  const found = lookup(host, { all: true }).then((all) => all.map((one) => one.address))
  try {
    return await Promise.race([found.catch(() => []), late])
  } finally {
    clearTimeout(timer)
  }
}

export const systemAddresses: AddressSources = {
  interfaces: () => Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []),
  resolve,
}

/** `::ffff:10.0.0.5` is the way a dual-stack socket writes 10.0.0.5; rules name the latter. */
function readPlain(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0] ?? ''
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : ''
}

/** The addresses of this computer are read again for each server of a rollout. */
const plainTexts = new Map<string, string>()
const plainTextsMax = 1_000

function plain(address: string): string {
  const known = plainTexts.get(address)
  if (known !== undefined) return known
  if (plainTexts.size >= plainTextsMax) plainTexts.clear()
  const text = readPlain(address)
  plainTexts.set(address, text)
  return text
}

const isLoopback = (address: string): boolean => ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'

/** One that a router need not replace on the way out. */
const isPublic = (address: string | undefined): boolean =>
  address !== undefined && ipaddr.isValid(plain(address)) && ipaddr.parse(plain(address)).range() === 'unicast'

const present = (values: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(values.map((value) => plain(value ?? '')))].filter((value) => value !== '')

async function hostAddresses(record: ServerRecord, sources: AddressSources): Promise<readonly string[]> {
  const urls = [record.address, record.secondAddress].filter((url) => URL.canParse(url))
  const hosts = urls.map((url) => new URL(url).hostname.replace(/^\[|\]$/g, ''))
  const found = hosts.map(async (host) => (ipaddr.isValid(host) ? [host] : sources.resolve(host)))
  return (await Promise.all(found)).flat()
}

/** The addresses that the PBX reports as its own (GET /info); none if it does not respond. */
async function reportedAddresses(client: PbxReader): Promise<readonly (string | null | undefined)[]> {
  try {
    const info = await serverInfo(client)
    return [info.private_ipv4, info.public_ipv4, info.private_ipv6, info.public_ipv6, info.web_domain]
  } catch {
    return []
  }
}

/**
 * The addresses that a DENY must not cover: those of this computer (loopback only where the server is on loopback) and those of the PBX, from
 * GET /info, from its names and from the open connection. The public address behind a router's NAT is known only if the PBX reports it (`seenAs`).
 */
export async function protectedAddresses(
  record: ServerRecord,
  client: PbxReader,
  sources: AddressSources,
  seenAs: string | undefined,
): Promise<ProtectedAddresses> {
  const [hosts, reported] = await Promise.all([hostAddresses(record, sources), reportedAddresses(client)])
  const pbx = present([...hosts, ...reported, client.remoteAddress()])
  const onLoopback = pbx.some(isLoopback)
  const interfaces = sources.interfaces().filter((one) => onLoopback || !one.internal)
  const own = present([...interfaces.map((one) => one.address), client.localAddress(), seenAs])
  const behindRouter = seenAs === undefined && !onLoopback && !isPublic(client.localAddress())
  return { own: own.filter((address) => onLoopback || !isLoopback(address)), pbx, behindRouter }
}
