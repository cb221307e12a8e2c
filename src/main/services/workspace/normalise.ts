import { parseAddress } from '@shared/domain/address'
import type { CertificateView, ServerDraft, ServerRecord } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'

type Addresses = Pick<ServerDraft, 'address' | 'secondAddress'>

/**
 * Normalizes addresses to `https://host:port` and removes duplicate tags. Errors: FleetError `rejected` with the fields
 * `address` and `secondAddress`.
 */
export function normalise<T extends Addresses & Pick<ServerDraft, 'tags'>>(draft: T): T {
  const fields: FieldError[] = []
  const read = (path: keyof Addresses, text: string): string => {
    const result = parseAddress(text)
    if (result.ok) return result.url
    fields.push({ path, message: result.message })
    return text
  }
  const address = read('address', draft.address)
  const secondAddress = draft.secondAddress.trim() === '' ? '' : read('secondAddress', draft.secondAddress)
  if (fields.length > 0) {
    throw new FleetError({ code: 'rejected', message: fields.map((field) => field.message).join('. '), fields })
  }
  return { ...draft, address, secondAddress, tags: [...new Set(draft.tags)] }
}

const hostOf = (address: string): string => (address === '' ? '' : new URL(address).hostname)

/**
 * True if an address has a host that this server did not have before. A new second address does not affect the pin: it
 * must present the same certificate. Swapping the addresses changes nothing.
 */
function hasOtherHost(before: Addresses, after: Addresses): boolean {
  const knownHosts = [hostOf(before.address), hostOf(before.secondAddress)]
  const isOther = (address: string): boolean => address !== '' && !knownHosts.includes(hostOf(address))
  return isOther(after.address) || (before.secondAddress !== '' && isOther(after.secondAddress))
}

/** The pin of an address follows it, also where the two are swapped. */
function pinAt(url: string, own: CertificateView | undefined, before: ServerRecord): CertificateView | undefined {
  if (url === before.address) return before.pin
  return url !== '' && url === before.secondAddress ? before.secondPin : own
}

/** Consequences of a change: no pin of another host, no use of a removed address. */
export function applyConsequences(before: ServerRecord, after: ServerRecord): ServerRecord {
  const { pin, secondPin, ...rest } = after
  const isOther = hasOtherHost(before, after)
  const kept = (patched: CertificateView | undefined, old: CertificateView | undefined, url: string) =>
    patched === old ? (isOther ? undefined : pinAt(url, old, before)) : patched
  const first = kept(pin, before.pin, after.address)
  const second = after.secondAddress === '' ? undefined : kept(secondPin, before.secondPin, after.secondAddress)
  return {
    ...rest,
    ...(first && { pin: first }),
    ...(second && { secondPin: second }),
    activeAddress: after.secondAddress === '' ? 'first' : after.activeAddress,
  }
}
