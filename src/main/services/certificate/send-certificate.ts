import type { X509Certificate } from 'node:crypto'
import type { CertificateView } from '@shared/domain/server'
import { certificate, certificateValues } from '@shared/resources/certificate'
import { storePem } from '../../portsip/key'
import type { PbxReader } from '../../portsip/pbx-client'
import { verifiedBy } from '../writes/verified-by'
import type { Sending, Write } from '../writes/write'
import { leafFingerprint, readInstalled } from './installed'

const operation = 'POST /key'

/** Stores that this app has uploaded the certificate to the server. */
export type Remember = (certificate: CertificateView) => Promise<void>

export interface NewCertificate {
  /** PEM of the whole chain, leaf first. */
  readonly chain: string
  readonly key: string
  readonly fingerprint256: string
}

export const pemOf = (chain: readonly X509Certificate[]): string =>
  chain.map((each) => `${each.toString().trim()}\n`).join('')

/** The change that plans and journal have of an upload; the key and the chain are not part of it. */
export const certificateWrite = (before: CertificateView | undefined, after: CertificateView) =>
  ({
    ...{ kind: 'change', operation, resource: 'certificate', identity: certificate.label },
    before: certificateValues(before),
    changes: { ...certificateValues(after), key: '(set)' },
  }) as const satisfies Write

/** The only way in which a certificate is sent: POST /key once, then it is read, with and without a response. */
export function certificateSending(
  reader: PbxReader,
  { chain, key, fingerprint256 }: NewCertificate,
  remember: Remember,
): Required<Omit<Sending<unknown, CertificateView>, 'noted'>> {
  const find = async (): Promise<CertificateView | undefined> => {
    const installed = await readInstalled(reader)
    const [leaf] = installed.chain
    if (leaf === undefined || leafFingerprint(installed) !== fingerprint256) return undefined
    const { key: _, ...view } = leaf
    // The upload is in the journal, too.
    await remember(view).catch(() => undefined)
    return view
  }
  return {
    send: (writer) => storePem(writer, { crt: chain, key: `${key.trim()}\n` }),
    secrets: [key, key.trim()],
    ...verifiedBy(operation, find, 'it has another certificate'),
  }
}
