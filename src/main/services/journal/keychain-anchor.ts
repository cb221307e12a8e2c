import { createHash } from 'node:crypto'
import type { SecretStore } from '../../storage/secret-store'
import type { Anchor } from './journal'
import type { Tail } from './journal-tail'

/** One account per folder, so that a copied profile starts without an anchor. */
const accountOf = (folder: string): string =>
  `journal:${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`

/** Stores the end of the journal in the keychain. Without a keychain, only the chain is verified. */
export function keychainAnchor(store: SecretStore, folder: string): Anchor {
  const account = accountOf(folder)
  return {
    async read(): Promise<Tail | undefined> {
      const [, seq, hash = ''] = /^(\d+) ([0-9a-f]{64})$/.exec((await store.get(account)) ?? '') ?? []
      return seq === undefined ? undefined : { seq: Number(seq), hash }
    },
    write: ({ seq, hash }) => store.set(account, `${seq} ${hash}`),
  }
}
