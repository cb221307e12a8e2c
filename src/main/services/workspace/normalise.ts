import { parseAddress } from '@shared/domain/address'
import type { ServerDraft, ServerRecord } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'

type Addresses = Pick<ServerDraft, 'address' | 'secondAddress'>

/**
 * Normalizes addresses to `https://host:port` and removes duplicate tags. Errors: FleetError `rejected` with the fields
 * `address` and `secondAddress`.
 */
export function normalise<T extends Addresses & Pick<ServerDraft, 'tags'>>(draft: T): T {
  const fields: FieldError[] = []
  const read = (path: keyof Addresses, typed: string): string => {
    const result = parseAddress(typed)
    if (result.ok) return result.url
    fields.push({ path, message: result.message })
    return typed
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
function namesAnotherHost(before: Addresses, after: Addresses): boolean {
  const known = [hostOf(before.address), hostOf(before.secondAddress)]
  const another = (address: string): boolean => address !== '' && !known.includes(hostOf(address))
  return another(after.address) || (before.secondAddress !== '' && another(after.secondAddress))
}

/** Consequences of a change: no pin of another host, no use of a removed address. */
export function settle(before: ServerRecord, after: ServerRecord): ServerRecord {
  const { pin, ...rest } = after
  const keepsPin = pin !== undefined && (pin !== before.pin || !namesAnotherHost(before, after))
  return {
    ...rest,
    ...(keepsPin && { pin }),
    activeAddress: after.secondAddress === '' ? 'first' : after.activeAddress,
  }
}
