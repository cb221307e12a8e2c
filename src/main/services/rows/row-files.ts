import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ServerId } from '@shared/domain/server'
import type { RowScope } from '@shared/fleet/merged'
import { mergedIds, type MergedId } from '@shared/fleet/merged-ids'
import { recordsLimits } from '@shared/limits/stored'
import { diskError } from '../../storage/disk-error'
import { readRegular } from '../../storage/regular-file'
import { removeTemporaries, writeAtomic } from '../../storage/write-atomic'
import type { StoredList } from './row-store'
import type { RestoredList } from './stored-row'
import { storedFields } from './stored-fields'

/** What is encrypted in a file. */
interface Content {
  readonly readAt: string
  readonly scope?: RowScope
  /** The fields of the cells: those of another version of the app are not understood. */
  readonly fields: readonly string[]
  readonly rows: readonly (readonly [id: string, cells: readonly unknown[], unread?: readonly string[]])[]
}

/** By server, the account that its rows are read with. */
export type Accounts = ReadonlyMap<ServerId, string>

const head = Buffer.from('PBXROWS2')
const cipher = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16
const suffix = '.rows'

/** What a file belongs to: it cannot be opened as another list, nor for another account. */
const ownerOf = (name: string, account: string): Buffer => Buffer.from(JSON.stringify([name, account]))

const fieldsOf = (resource: MergedId): readonly string[] => storedFields(resource).fields.map(({ key }) => key)
const fileName = (serverId: ServerId, resource: MergedId): string => `${serverId}.${resource}${suffix}`

function listOfName(name: string): { readonly serverId: ServerId; readonly resource: MergedId } | undefined {
  const [, serverId, id] = /^([\w-]+)\.([a-z-]+)\.rows$/.exec(name) ?? []
  const resource = mergedIds.find((known) => known === id)
  return serverId === undefined || resource === undefined ? undefined : { serverId, resource }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((): string[] => [])

/** Also a folder that has the name of a file: no list could be stored under it. */
const remove = (folder: string, name: string): Promise<void> =>
  rm(join(folder, name), { force: true, recursive: true }).catch((error: unknown) =>
    Promise.reject(diskError(error, join(folder, name), 'deleted')),
  )

/** Deletes what is stored of these servers. Errors: FleetError `disk` if a file is left. */
export async function removeRowFiles(folder: string, serverIds: readonly ServerId[]): Promise<void> {
  const gone = new Set(serverIds)
  const names = (await namesIn(folder)).filter((name) => gone.has(listOfName(name)?.serverId ?? ''))
  const removals = await Promise.allSettled(names.map((name) => remove(folder, name)))
  for (const removal of removals) if (removal.status === 'rejected') throw removal.reason
}

/**
 * Lists in a folder, a file each, encrypted with a key of the keychain: they are customers' data. A file belongs to its
 * server, list and account, so that two cannot be exchanged, and that rows of an earlier address or user are not readable
 * for the next one, even if the app was killed before it has deleted them.
 */
export class RowFiles {
  constructor(
    private readonly folder: string,
    /** 32 bytes. */
    private readonly key: Uint8Array,
  ) {}

  /** Errors: FleetError `disk`. */
  async write({ serverId, resource, readAt, account, scope, rows }: StoredList): Promise<void> {
    const content: Content = {
      readAt,
      ...(scope && { scope }),
      fields: fieldsOf(resource),
      rows: rows.map(({ id, cells, unread }) => (unread === undefined ? [id, cells] : [id, cells, unread])),
    }
    const name = fileName(serverId, resource)
    const iv = randomBytes(ivLength)
    const encryption = createCipheriv(cipher, this.key, iv, { authTagLength: tagLength }).setAAD(ownerOf(name, account))
    const body = Buffer.concat([
      encryption.update(deflateRawSync(JSON.stringify(content), { level: 1 })),
      encryption.final(),
    ])
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await writeAtomic(join(this.folder, name), Buffer.concat([head, iv, encryption.getAuthTag(), body]), 0o600)
  }

  /** The lists of these accounts. Files of others, and those that cannot be read any more, are deleted. */
  async *readAll(accounts: Accounts): AsyncGenerator<RestoredList> {
    removeTemporaries(this.folder)
    for (const name of await namesIn(this.folder)) {
      const list = listOfName(name)
      if (list === undefined) continue
      const account = accounts.get(list.serverId)
      const content = account === undefined ? undefined : await this.read(name, list.resource, account)
      // One that cannot be deleted, as on a full or read-only disk, keeps no other list from being read.
      if (account === undefined || content === undefined) await remove(this.folder, name).catch(() => undefined)
      else
        yield {
          ...list,
          account,
          readAt: content.readAt,
          ...(content.scope && { scope: content.scope }),
          rows: content.rows.map(([id, cells, unread]) => ({ id, cells, ...(unread && { unread }) })),
        }
    }
  }

  private async read(name: string, resource: MergedId, account: string): Promise<Content | undefined> {
    try {
      const bytes = await readRegular(join(this.folder, name), recordsLimits.listBytes, (why) => new Error(why))
      if (!bytes.subarray(0, head.length).equals(head)) return undefined
      const [iv, tag, body] = [head.length, head.length + ivLength, head.length + ivLength + tagLength]
      const decryption = createDecipheriv(cipher, this.key, bytes.subarray(iv, tag), { authTagLength: tagLength })
        .setAAD(ownerOf(name, account))
        .setAuthTag(bytes.subarray(tag, body))
      const packed = Buffer.concat([decryption.update(bytes.subarray(body)), decryption.final()])
      const content = JSON.parse(
        inflateRawSync(packed, { maxOutputLength: recordsLimits.listCharacters }).toString(),
      ) as Content
      return content.fields.join() === fieldsOf(resource).join() ? content : undefined
    } catch {
      // Damaged, of another account, or of another key, as in a copied profile.
      return undefined
    }
  }
}
