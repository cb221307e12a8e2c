import type { CertificateState } from '@shared/domain/certificate'
import { FleetError } from '@shared/ipc/result'
import { isVersionIn } from '@shared/resources/version'
import { installedPem } from '../../portsip/key'
import type { PbxReader } from '../../portsip/pbx-client'
import { chainView } from './chain'
import { pemParts } from './pem'

export type InstalledCertificate = Pick<CertificateState, 'chain' | 'problem'>

/** GET /key: the installed certificates, leaf first. */
export async function readInstalled(client: PbxReader): Promise<InstalledCertificate> {
  const pem = await installedPem(client)
  if (pem.trim() === '') return { chain: [] }
  try {
    return { chain: chainView(pemParts(pem, 'Installed certificate').certificates) }
  } catch (error) {
    const problem = error instanceof FleetError ? error.detail.message : undefined
    return { chain: [], problem: problem ?? 'The installed certificate could not be read' }
  }
}

/** Empty if there is none. */
export const leafFingerprint = ({ chain }: Pick<InstalledCertificate, 'chain'>): string =>
  chain[0]?.fingerprint256 ?? ''

/** Whether the PBX may renew it. The Cert Manager is part of the PBX from 22.4 on. */
export const renewsItself = ({ chain }: InstalledCertificate, version: string | undefined): boolean =>
  /let.?s encrypt/i.test(chain[0]?.issuer ?? '') && isVersionIn(version, { since: '22.4' })
