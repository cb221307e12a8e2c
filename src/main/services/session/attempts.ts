import { createHash, randomBytes } from 'node:crypto'
import type { AddressChoice } from '@shared/domain/server'
import { failuresBeforeAsking } from '@shared/domain/session'

interface Secret {
  readonly username: string
  readonly domain: string
  readonly password: string
}

/**
 * What went wrong with sign-ins to one server in this run: refusals by address, blocks by address, and which passwords were refused. Passwords are kept
 * as salted hashes.
 */
export class Attempts {
  private readonly failures = new Map<AddressChoice, number>()
  private readonly blocks = new Map<AddressChoice, string | undefined>()
  private readonly refused = new Set<string>()
  /** How the PBX last saw us: it says so of an address that it blocks. */
  seenAs: string | undefined
  private readonly salt = randomBytes(16)

  constructor(private readonly now: () => number) {}

  count(address: AddressChoice): number {
    return this.failures.get(address) ?? 0
  }

  /** Whether another try might block everybody behind this address. */
  isRisky(address: AddressChoice): boolean {
    return this.count(address) >= failuresBeforeAsking
  }

  failed(address: AddressChoice, secret?: Secret): void {
    this.failures.set(address, this.count(address) + 1)
    if (secret) this.refused.add(this.hash(secret))
  }

  succeeded(address: AddressChoice): void {
    this.failures.delete(address)
    this.blocks.delete(address)
    this.refused.clear()
  }

  wasRefused(secret: Secret): boolean {
    return this.refused.has(this.hash(secret))
  }

  block(address: AddressChoice, until: string | undefined, seenAs?: string): void {
    this.blocks.set(address, until)
    this.seenAs = seenAs ?? this.seenAs
  }

  /** Whether the PBX said that it blocks us, and until when; a block whose end is not known ends with the next try of a person. */
  blocked(address: AddressChoice): { readonly until?: string } | undefined {
    if (!this.blocks.has(address)) return undefined
    const until = this.blocks.get(address)
    if (until !== undefined && Date.parse(until) <= this.now()) {
      this.blocks.delete(address)
      // The PBX counts anew after a block.
      this.failures.delete(address)
      return undefined
    }
    return until === undefined ? {} : { until }
  }

  private hash({ username, domain, password }: Secret): string {
    return createHash('sha256')
      .update(this.salt)
      .update(JSON.stringify([username, domain, password]))
      .digest('base64')
  }
}
