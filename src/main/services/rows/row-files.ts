import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ServerId } from '@shared/domain/server'
import { mergedIds, type MergedId } from '@shared/fleet/merged-ids'
import { writeAtomic } from '../../storage/write-atomic'
import type { StoredList } from './row-store'
import type { RestoredList } from './stored-row'
import { storedFields } from './stored-fields'

/** What is encrypted in a file. */
interface Content {
  readonly readAt: string
  /** The fields of the cells: those of another version of the app are not understood. */
  readonly fields: readonly string[]
  readonly rows: readonly (readonly [id: string, cells: readonly unknown[], unread?: readonly string[]])[]
}

const head = Buffer.from('PBXROWS1')
const cipher = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16
const suffix = '.rows'
/** Characters of a list with the most rows that the app reads are far below. */
const contentMax = 1 << 30

const fieldsOf = (resource: MergedId): readonly string[] => storedFields(resource).fields.map(({ key }) => key)
const fileName = (serverId: ServerId, resource: MergedId): string => `${serverId}.${resource}${suffix}`

function listOfName(name: string): { readonly serverId: ServerId; readonly resource: MergedId } | undefined {
  const [, serverId, id] = /^([\w-]+)\.([a-z-]+)\.rows$/.exec(name) ?? []
  const resource = mergedIds.find((known) => known === id)
  return serverId === undefined || resource === undefined ? undefined : { serverId, resource }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch((): string[] => [])

/** Deletes what is stored of these servers. */
export async function removeRowFiles(folder: string, serverIds: readonly ServerId[]): Promise<void> {
  const gone = new Set(serverIds)
  for (const name of await namesIn(folder))
    if (gone.has(listOfName(name)?.serverId ?? '')) await rm(join(folder, name), { force: true })
}

/**
 * Lists in a folder, a file each, encrypted with a key of the keychain: they are customers' data. A file belongs to its
 * server and list, so that two cannot be exchanged.
 */
export class RowFiles {
  constructor(
    private readonly folder: string,
    /** 32 bytes. */
    private readonly key: Uint8Array,
  ) {}

  /** Errors: FleetError `disk`. */
  async write({ serverId, resource, readAt, rows }: StoredList): Promise<void> {
    const content: Content = {
      readAt,
      fields: fieldsOf(resource),
      rows: rows.map(({ id, cells, unread }) => (unread === undefined ? [id, cells] : [id, cells, unread])),
    }
    const name = fileName(serverId, resource)
    const iv = randomBytes(ivLength)
    const encryption = createCipheriv(cipher, this.key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(name))
    const body = Buffer.concat([
      encryption.update(deflateRawSync(JSON.stringify(content), { level: 1 })),
      encryption.final(),
    ])
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await writeAtomic(join(this.folder, name), Buffer.concat([head, iv, encryption.getAuthTag(), body]), 0o600)
  }

  /** The lists of these servers. Files of other servers, and those that cannot be read any more, are deleted. */
  async *readAll(serverIds: readonly ServerId[]): AsyncGenerator<RestoredList> {
    const known = new Set(serverIds)
    for (const name of await namesIn(this.folder)) {
      const list = listOfName(name)
      if (list === undefined) continue
      const content = known.has(list.serverId) ? await this.read(name, list.resource) : undefined
      if (content === undefined) await rm(join(this.folder, name), { force: true })
      else
        yield {
          ...list,
          readAt: content.readAt,
          rows: content.rows.map(([id, cells, unread]) => ({ id, cells, ...(unread && { unread }) })),
        }
    }
  }

  private async read(name: string, resource: MergedId): Promise<Content | undefined> {
    try {
      const bytes = await readFile(join(this.folder, name))
      if (!bytes.subarray(0, head.length).equals(head)) return undefined
      const [iv, tag, body] = [head.length, head.length + ivLength, head.length + ivLength + tagLength]
      const decryption = createDecipheriv(cipher, this.key, bytes.subarray(iv, tag), { authTagLength: tagLength })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(tag, body))
      const packed = Buffer.concat([decryption.update(bytes.subarray(body)), decryption.final()])
      const content = JSON.parse(inflateRawSync(packed, { maxOutputLength: contentMax }).toString()) as Content
      return content.fields.join() === fieldsOf(resource).join() ? content : undefined
    } catch {
      // Damaged, or of another key, as in a copied profile.
      return undefined
    }
  }
}
