import type { CertificateService } from '../services/certificate/certificate-service'
import type { Dialogs } from '../services/dialogs'
import type { CertificateTargets } from '../services/rollouts/certificate-targets'
import type { RolloutsService } from '../services/rollouts/rollouts-service'
import { handle } from './handle'
import { pemFilters as filters } from './pem-filters'

interface CertificateRolloutsDeps {
  readonly certificate: CertificateService
  readonly targets: CertificateTargets
  readonly service: Pick<RolloutsService, 'selectKey'>
  readonly dialogs: Pick<Dialogs, 'openFiles'>
}

/** Handles the channels of a certificate for several servers: its files, its key, and what the servers present. */
export function registerCertificateRolloutsIpc({
  certificate,
  targets,
  service,
  dialogs,
}: CertificateRolloutsDeps): void {
  handle('rollouts:chooseFiles', async ({ id }) => {
    const paths = await dialogs.openFiles({ title: 'Certificate, chain and private key', filters })
    return paths.length === 0 ? null : certificate.readForRollout(id, paths)
  })
  handle('rollouts:takeFiles', ({ serverId, id }) => certificate.takeToRollout(serverId, id))
  handle('rollouts:removeFile', ({ id, name }) => certificate.removeForRollout(id, name))
  handle('rollouts:forgetFiles', () => {
    certificate.forgetForRollout()
    return null
  })
  handle('rollouts:selectKey', async ({ rolloutId }) => {
    const paths = await dialogs.openFiles({ title: 'Private key', filters })
    return paths.length === 0 ? null : service.selectKey(rolloutId, paths)
  })
  handle('rollouts:certificates', ({ rolloutId }) => targets.list(rolloutId))
  handle('rollouts:presented', ({ rolloutId, serverIds }) => targets.check(rolloutId, serverIds))
  handle('rollouts:trust', ({ rolloutId, serverIds }) => targets.trust(rolloutId, serverIds))
}
