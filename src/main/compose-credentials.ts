import { clipboard } from 'electron'
import type { Shell } from './compose-shell'
import { registerCertificateIpc } from './ipc/certificate.ipc'
import { registerLicenseIpc } from './ipc/license.ipc'
import { registerTokensIpc } from './ipc/tokens.ipc'
import type { Servers } from './servers/servers'
import { CertificateService } from './services/certificate/certificate-service'
import { Uploads, uploadsStore } from './services/certificate/uploads'
import { LicenseService } from './services/license-service'
import { SecretClipboard } from './services/secret-clipboard'
import type { SessionService } from './services/session/session-service'
import { TokensService } from './services/tokens-service'
import type { Writer } from './services/writes/writer'

interface OnServers {
  readonly servers: Servers
  readonly writer: Writer
}

/** Composes tokens, certificate and license of a server. `stop` removes a copied token from the clipboard. */
export function composeCredentials(
  { log, dialogs, profile, workspace }: Shell,
  sessions: SessionService,
  onServers: OnServers,
): { readonly stop: () => Promise<void> } {
  const secrets = new SecretClipboard(clipboard)
  const uploads = new Uploads(uploadsStore(profile('certificate-uploads.json')))
  const certificate = new CertificateService({
    ...onServers,
    readPresented: (serverId) => sessions.shownCertificate(serverId),
    adopt: (serverId, shown) => sessions.adopt(serverId, shown),
    uploads,
  })
  registerTokensIpc(new TokensService({ ...onServers, clipboard: secrets, log }))
  registerCertificateIpc(certificate, dialogs)
  registerLicenseIpc(new LicenseService(onServers))
  workspace.onRemoved((ids) => uploads.forget(ids))
  return { stop: () => secrets.clear() }
}
