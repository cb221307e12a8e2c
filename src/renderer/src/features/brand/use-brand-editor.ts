import { computed, shallowRef } from 'vue'
import type { BrandImage, BrandImageUse, BrandSent } from '@shared/domain/brand'
import type { JobId, JobState } from '@shared/domain/job'
import type { PbxRecord } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { WriteOutcome } from '@shared/domain/write'
import type { Result } from '@shared/ipc/result'
import { brand } from '@shared/resources/brand'
import { valueText } from '@shared/resources/value-text'
import { visibleText } from '@shared/domain/visible-text'
import type { RecordPlace } from '@/features/records/record-place'
import { useRecordEditor } from '@/features/records/use-record-editor'
import { draftStore } from '@/components/form/draft-store'
import { invoke } from '@/ipc/client'
import { useJobs } from '@/stores/jobs'
import { useSessions } from '@/stores/sessions'

type Images = { readonly [U in BrandImageUse]?: BrandImage | undefined }

const imageLabels: Readonly<Record<BrandImageUse, string>> = { logo: 'Logo', favicon: 'Favicon' }
const notSupported = (): Promise<never> =>
  Promise.reject(new Error('Branding cannot be read back or changed field by field'))

/** The branding form. It starts empty, because only completed fields are sent; the write is a job that uploads images first. */
export function useBrandEditor(server: ServerRecord, last: BrandSent | null) {
  const jobs = useJobs()
  const images = shallowRef<Images>({})
  const jobId = shallowRef<JobId>()
  const job = computed(() => (jobId.value === undefined ? undefined : jobs.byId(jobId.value)))

  const jobEnd = (id: JobId): Promise<JobState> =>
    new Promise((resolve) => {
      const current = jobs.byId(id)
      if (current !== undefined && current.state !== 'running') return resolve(current)
      const stop = jobs.onFinished((state) => {
        if (state.id !== id) return
        stop()
        resolve(state)
      })
    })

  const place: RecordPlace = {
    resource: brand,
    isJob: true,
    draftKey: `${server.id}/brand`,
    notInDraft: () =>
      (['logo', 'favicon'] as const).flatMap((use) => (images.value[use] === undefined ? [] : [imageLabels[use]])),
    get: notSupported,
    update: notSupported,
    check: () =>
      Promise.resolve({
        ok: true,
        value: {
          guards: [],
          warnings: [
            'Everyone who opens the web portal sees this. The API does not return the current branding, so the change cannot be verified or reverted here.',
            ...(Object.values(images.value).some((image) => image !== undefined)
              ? ['Anyone who knows the address of an uploaded image can open it without signing in.']
              : []),
          ],
        },
      }),
    async create(values, confirmation): Promise<Result<WriteOutcome<PbxRecord>>> {
      const { logo, favicon } = images.value
      const ids = { ...(logo && { logo: logo.id }), ...(favicon && { favicon: favicon.id }) }
      const reply = await invoke('brand:send', { serverId: server.id, confirmation, values, images: ids })
      if (!reply.ok) return reply
      jobId.value = reply.value.jobId
      const { state, error } = await jobEnd(reply.value.jobId)
      if (state === 'done') return { ok: true, value: { after: values, differences: [] } }
      const cancelled = { code: 'cancelled', message: 'Canceled. Branding was not changed.' } as const
      return { ok: false, error: state === 'failed' && error ? error : cancelled }
    },
  }

  const { version } = useSessions().state(server.id)
  const editor = useRecordEditor({
    serverId: server.id,
    resource: place,
    version,
    draft: draftStore.read(place.draftKey),
  })

  const rows = computed(() => [
    ...brand.fields.flatMap((field) => {
      const after = valueText(field, editor.values.value[field.key])
      if (after === '') return []
      return [{ key: field.key, label: field.label, before: valueText(field, last?.values[field.key]), after }]
    }),
    ...(['logo', 'favicon'] as const).flatMap((use) => {
      const image = images.value[use]
      const before = visibleText(last?.images[use]?.name ?? '')
      return image === undefined ? [] : [{ key: use, label: imageLabels[use], before, after: visibleText(image.name) }]
    }),
  ])

  async function review(): Promise<void> {
    await editor.review()
  }

  return { editor, images, imageLabels, job, rows, review, cancel: () => jobId.value && jobs.cancel(jobId.value) }
}
