import { X509Certificate } from 'node:crypto'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import { fingerprintIn } from '@shared/resources/certificate'
import { plainText } from '@shared/text/plain-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { dateGuards } from '../certificate/findings'
import { leafFingerprint, readInstalled } from '../certificate/installed'
import { pemParts } from '../certificate/pem'
import { certificateSending, type Remember } from '../certificate/send-certificate'
import type { Noted, Sending } from '../writes/write'
import type { Decision } from './decision'

/** Whether a step uploads the certificate of a server. */
export const isCertificate = ({ write: { resource } }: PlanStep): boolean => resource === 'certificate'

/** The server's own certificate of the chain that the step uploads. */
export const leafOf = ({ chain = '' }: PlanStep): X509Certificate => new X509Certificate(chain)

/** Compares the installed certificate with the one that was there before, and with the one to upload. */
export async function checkCertificate(
  reader: PbxReader,
  step: PlanStep,
  now: number,
): Promise<RecordCheck | Decision> {
  const { before, changes } = step.write
  const installed = leafFingerprint(await readInstalled(reader))
  if (installed === fingerprintIn(changes)) return { outcome: 'alreadyInPlace', message: '' }
  if (installed !== fingerprintIn(before))
    return { outcome: 'conflict', message: 'Another certificate was installed on the server in the meantime' }
  return { guards: dateGuards(pemParts(step.chain ?? '', 'Certificate').certificates, now), warnings: [] }
}

/** How the certificate is sent, and verified by reading with and without a response. `values` include the key. */
export function certificateStepSending(
  reader: PbxReader,
  { write, chain = '' }: PlanStep,
  values: RecordValues,
  remember: Remember,
): Required<Omit<Sending<string, Noted>, 'noted'>> {
  const files = { chain, key: plainText(values['key']), fingerprint256: fingerprintIn(write.changes) }
  const { send, secrets, readBack, settling } = certificateSending(reader, files, remember)
  const find = async (): Promise<Noted | undefined> => ((await settling.find()) === undefined ? undefined : {})
  return {
    send: async (writer) => {
      await send(writer)
      return ''
    },
    readBack: async () => {
      await readBack(undefined)
      return {}
    },
    settling: { ...settling, find },
    secrets,
  }
}
