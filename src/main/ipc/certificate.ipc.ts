import { z } from 'zod'
import type { CertificateCandidate } from '@shared/domain/certificate'
import { serverIdSchema } from '@shared/domain/server'
import { readPemChannel } from '@shared/ipc/channels'
import { selectedLimits } from '@shared/limits/selected'
import type { CertificateService } from '../services/certificate/certificate-service'
import type { Dialogs } from '../services/dialogs'
import { handle, handlePreloadOnly } from './handle'
import { pemFilters } from './pem-filters'

const droppedSchema = z.object({
  serverId: serverIdSchema.optional(),
  id: z.string().min(1).max(200).optional(),
  paths: z.array(z.string().min(1).max(selectedLimits.path)).min(1).max(selectedLimits.pemFiles),
})

/** Handles `certificate:*` and PEM files dropped on the page. */
export function registerCertificateIpc(certificate: CertificateService, dialogs: Pick<Dialogs, 'openFiles'>): void {
  handle('certificate:get', ({ serverId }) => certificate.get(serverId))
  handle('certificate:live', ({ serverId }) => certificate.live(serverId))
  handle('certificate:uploaded', ({ serverId }) => certificate.uploaded(serverId) ?? null)
  handle('certificate:choose', async ({ serverId, id }) => {
    const paths = await dialogs.openFiles({ title: 'Certificate, chain and private key', filters: pemFilters })
    return paths.length === 0 ? null : certificate.read(serverId, id, paths)
  })
  handlePreloadOnly<z.infer<typeof droppedSchema>, CertificateCandidate>(
    readPemChannel,
    droppedSchema,
    ({ serverId, id, paths }) =>
      serverId === undefined ? certificate.readForRollout(id, paths) : certificate.read(serverId, id, paths),
  )
  handle('certificate:removeFile', ({ serverId, id, name }) => certificate.remove(serverId, id, name))
  handle('certificate:forget', ({ serverId }) => {
    certificate.forget(serverId)
    return null
  })
  handle('certificate:upload', (args) => certificate.upload(args))
  handle('certificate:trust', ({ serverId, fingerprint256 }) => certificate.trust(serverId, fingerprint256))
}
