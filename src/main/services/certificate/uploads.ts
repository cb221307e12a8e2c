import { z } from 'zod'
import type { UploadedCertificate } from '@shared/domain/certificate'
import { certificateViewSchema, serverIdSchema, type ServerId } from '@shared/domain/server'
import { JsonStore } from '../../storage/json-store'

const fileSchema = z.object({
  version: z.literal(1),
  uploads: z
    .array(z.object({ serverId: serverIdSchema, certificate: certificateViewSchema, at: z.string() }))
    .readonly(),
})
type UploadsFile = z.infer<typeof fileSchema>

export const uploadsStore = (file: string): JsonStore<UploadsFile> =>
  new JsonStore({ file, schema: fileSchema, version: 1, empty: { version: 1, uploads: [] } })

/**
 * The last certificate that this app uploaded to each server. The web server may restart days later; the app then
 * recognizes the certificate.
 */
export class Uploads {
  constructor(private readonly store: JsonStore<UploadsFile>) {}

  get(serverId: ServerId): UploadedCertificate | undefined {
    const upload = this.store.value.uploads.find((stored) => stored.serverId === serverId)
    return upload && { certificate: upload.certificate, at: upload.at }
  }

  async save(serverId: ServerId, upload: UploadedCertificate): Promise<void> {
    await this.store.update(({ uploads }) => ({
      version: 1,
      uploads: [...uploads.filter((stored) => stored.serverId !== serverId), { serverId, ...upload }],
    }))
  }

  async forget(ids: readonly ServerId[]): Promise<void> {
    if (!this.store.value.uploads.some(({ serverId }) => ids.includes(serverId))) return
    await this.store.update(({ uploads }) => ({
      version: 1,
      uploads: uploads.filter(({ serverId }) => !ids.includes(serverId)),
    }))
  }
}
