import { z } from 'zod'
import {
  brandImageUses,
  brandSentSchema,
  type BrandImage,
  type BrandImageUse,
  type BrandSent,
} from '@shared/domain/brand'
import type { JobId } from '@shared/domain/job'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { brand } from '@shared/resources/brand'
import type { PbxWriter } from '../../portsip/pbx-client'
import { updateRecord } from '../../portsip/records'
import { uploadFile } from '../../portsip/uploads'
import { JsonStore } from '../../storage/json-store'
import type { JobHandle, Jobs } from '../jobs'
import { checkedValues, createBody } from '../records/record-values'
import { withoutSecrets } from '../records/write-record'
import type { Approved } from '../writes/approved'
import { confirmedOnly } from '../writes/confirmed-only'
import { isUnknown } from '../writes/unknown-outcome'
import type { Writer } from '../writes/writer'
import { readImage, type ImageWithBytes } from './read-image'
import type { Servers } from '../../servers/servers'

const brandFileSchema = z.object({ version: z.literal(1), sent: z.array(brandSentSchema).readonly() })
export type BrandFile = z.infer<typeof brandFileSchema>

/** The last values sent to each server; no secrets. */
export const brandStore = (file: string): JsonStore<BrandFile> =>
  new JsonStore({ file, schema: brandFileSchema, version: 1, empty: { version: 1, sent: [] } })

export interface BrandDeps {
  readonly writer: Writer
  readonly servers: Pick<Servers, 'record'>
  readonly jobs: Pick<Jobs, 'start'>
  readonly store: JsonStore<BrandFile>
  readonly now?: () => number
}

export interface BrandRequest {
  readonly serverId: ServerId
  readonly confirmation: Confirmation
  /** Fields other than images; blank ones are not sent. */
  readonly values: RecordValues
  /** IDs of selected images. */
  readonly images: { readonly [U in BrandImageUse]?: string | undefined }
}

/** Maximum number of selected images that were not sent yet. */
const imagesMax = 8

const totalSize = (images: readonly (readonly [BrandImageUse, ImageWithBytes])[]): number =>
  images.reduce((sum, [, { size }]) => sum + size, 0)

/** The brand of a PBX. The API cannot read it, so the last sent values are stored here. */
export class BrandService {
  private readonly images = new Map<string, ImageWithBytes>()

  constructor(private readonly deps: BrandDeps) {}

  /** The last values that this app sent; undefined if none. */
  last(serverId: ServerId): BrandSent | undefined {
    return this.deps.store.value.sent.find((entry) => entry.serverId === serverId)
  }

  /** Reads an image and keeps it until it is sent. */
  async addImage(path: string): Promise<BrandImage> {
    const image = await readImage(path)
    this.images.set(image.id, image)
    const [oldest] = this.images.keys()
    if (this.images.size > imagesMax && oldest !== undefined) this.images.delete(oldest)
    const { id, name, type, size, digest, preview } = image
    return { id, name, type, size, digest, preview }
  }

  /** Starts the job that uploads the images and then sets the brand. If an upload fails, nothing is set. */
  async send({ serverId, confirmation, values, images }: BrandRequest): Promise<{ readonly jobId: JobId }> {
    const server = this.deps.servers.record(serverId)
    const approved = await this.deps.writer.approve(serverId, confirmation)
    checkedValues(brand, 'create', values)
    const body = createBody(brand, values)
    const files = brandImageUses.flatMap((use) => {
      const id = images[use]
      return id === undefined ? [] : [[use, this.image(id)] as const]
    })
    if (Object.keys(body).length === 0 && files.length === 0)
      throw new FleetError({
        code: 'rejected',
        message: 'No fields are completed',
        hint: 'Only completed fields are sent.',
      })
    const jobId = this.deps.jobs.start({
      kind: 'brand',
      title: `Apply branding to ${server.name}`,
      serverId,
      run: (job) => this.run(approved, serverId, body as Readonly<Record<string, string>>, files, job),
    })
    return { jobId }
  }

  /** Deletes the stored values of removed servers. */
  async forget(serverIds: readonly ServerId[]): Promise<void> {
    if (!this.deps.store.value.sent.some(({ serverId }) => serverIds.includes(serverId))) return
    await this.deps.store.update(({ sent }) => ({
      version: 1,
      sent: sent.filter(({ serverId }) => !serverIds.includes(serverId)),
    }))
  }

  private image(id: string): ImageWithBytes {
    const image = this.images.get(id)
    if (image !== undefined) return image
    throw new FleetError({
      code: 'not-found',
      message: 'The image is no longer available',
      hint: 'Select it again.',
    })
  }

  private async run(
    approved: Approved,
    serverId: ServerId,
    values: Readonly<Record<string, string>>,
    files: readonly (readonly [BrandImageUse, ImageWithBytes])[],
    job: JobHandle,
  ): Promise<void> {
    const all = totalSize(files)
    const sent = {
      values,
      images: Object.fromEntries(files.map(([use, { name, size, digest }]) => [use, { name, size, digest }])),
    }
    let isSet = false
    const send = async (writer: PbxWriter): Promise<void> => {
      const ids: Record<string, string> = {}
      let before = 0
      job.progress(0, all)
      for (const [use, file] of files) {
        ids[use] = await uploadFile(writer, file, job.signal, (bytes) => job.progress(before + bytes, all))
        before += file.size
      }
      job.signal.throwIfAborted()
      isSet = true
      await updateRecord(writer, brand, undefined, { ...values, ...ids })
    }
    const images = Object.fromEntries(files.map(([use, { digest }]) => [use, digest]))
    const changes = { ...withoutSecrets(brand, values), ...images }
    try {
      await approved.perform(
        { kind: 'action', operation: `POST ${brand.path}`, identity: brand.label, before: {}, changes },
        { send, ...confirmedOnly },
      )
    } catch (error) {
      if (isSet && isUnknown(error)) await this.save(serverId, sent, false)
      throw error
    }
    await this.save(serverId, sent, true)
    for (const [, { id }] of files) this.images.delete(id)
  }

  private async save(
    serverId: ServerId,
    { values, images }: Pick<BrandSent, 'values' | 'images'>,
    hasReplied: boolean,
  ): Promise<void> {
    const before = this.last(serverId)
    const entry: BrandSent = {
      serverId,
      sentAt: new Date((this.deps.now ?? Date.now)()).toISOString(),
      answered: hasReplied,
      values: { ...before?.values, ...values },
      images: { ...before?.images, ...images },
    }
    await this.deps.store.update(({ sent }) => ({
      version: 1,
      sent: [...sent.filter((other) => other.serverId !== serverId), entry],
    }))
  }
}
