import { clipboard } from 'electron'
import type { Shell } from './compose-shell'
import { registerCertificateIpc } from './ipc/certificate.ipc'
import { registerLicenseIpc } from './ipc/license.ipc'
import { registerTokensIpc } from './ipc/tokens.ipc'
import type { Servers } from './servers/servers'
import type { CertificateService } from './services/certificate/certificate-service'
import { LicenseService } from './services/license-service'
import { SecretClipboard } from './services/secret-clipboard'
import { TokensService } from './services/tokens-service'
import type { Writer } from './services/writes/writer'

interface OnServers {
  readonly servers: Servers
  readonly writer: Writer
}

/** Composes tokens, certificate and license of a server. `stop` removes a copied token from the clipboard. */
export function composeCredentials(
  { log, dialogs }: Shell,
  certificate: CertificateService,
  onServers: OnServers,
): { readonly stop: () => Promise<void> } {
  const secrets = new SecretClipboard(clipboard)
  registerTokensIpc(new TokensService({ ...onServers, clipboard: secrets, log }))
  registerCertificateIpc(certificate, dialogs)
  registerLicenseIpc(new LicenseService(onServers))
  return { stop: () => secrets.clear() }
}
