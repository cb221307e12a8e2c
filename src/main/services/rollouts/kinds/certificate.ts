import type { X509Certificate } from 'node:crypto'
import type { CertificateView, ServerId } from '@shared/domain/server'
import { localDate } from '@shared/format/time'
import { certificate } from '@shared/resources/certificate'
import { certificateView } from '../../../portsip/certificate-view'
import { serverInfo } from '../../../portsip/info'
import { rememberingReader } from '../../lists/remembering-reader'
import { nameProblem } from '../../certificate/findings'
import { readInstalled, renewsItself, type InstalledCertificate } from '../../certificate/installed'
import { certificateWrite, pemOf } from '../../certificate/send-certificate'
import { requireRole } from './elsewhere'
import { rejected, type Kind, type KindDeps, type ServerPlan } from './kind'

interface Upload {
  readonly chain: readonly X509Certificate[]
  readonly leaf: X509Certificate
  readonly view: CertificateView
  readonly key: string
}

const renewed =
  'The Cert Manager of the PBX may renew its Let’s Encrypt certificate. Upload it on the Certificate page.'
const otherChain = 'It has this certificate with a different chain. Upload it on the Certificate page.'
const endsEarlier = 'The new certificate expires earlier than the current one.'

const isSameChain = ({ chain: installed }: InstalledCertificate, chain: readonly X509Certificate[]): boolean =>
  installed.length === chain.length && chain.every((each, at) => each.fingerprint256 === installed[at]?.fingerprint256)

/** The plan by which a server gets the certificate. Throws `rejected` with the reason if it must not get it. */
async function certificatePlan(
  deps: KindDeps,
  serverId: ServerId,
  { chain, leaf, view, key }: Upload,
): Promise<ServerPlan> {
  const { servers } = deps
  requireRole(deps, serverId, certificate)
  const reader = rememberingReader(servers.reader(serverId))
  const [installed, info] = await Promise.all([readInstalled(reader), serverInfo(reader)])
  if (installed.problem !== undefined) throw rejected(installed.problem)
  const [current] = installed.chain
  const isSame = current?.fingerprint256 === view.fingerprint256
  if (isSame && !isSameChain(installed, chain)) throw rejected(otherChain)
  if (!isSame && renewsItself(installed, servers.version(serverId))) throw rejected(renewed)
  const problem = nameProblem(leaf, info.web_domain)
  if (problem?.level === 'stop') throw rejected(problem.text)
  const isEarlier = !isSame && current !== undefined && Date.parse(view.validTo) < Date.parse(current.validTo)
  const about = current === undefined ? '(none is installed)' : `that ends ${localDate(current.validTo)}`
  return {
    ...{ title: `Replace certificate on ${servers.record(serverId).name}`, serverId, reader, about },
    source: { kind: 'change' },
    steps: [{ kind: 'step', n: 1, write: certificateWrite(current, view), secrets: ['key'], chain: pemOf(chain) }],
    secrets: new Map([[1, { key }]]),
    warnings: [...(problem === undefined ? [] : [problem.text]), ...(isEarlier ? [endsEarlier] : [])],
  }
}

/** `*.example.com`, or the subject of a certificate without names. */
const nameOf = ({ altNames: [first = ''], subject }: CertificateView): string =>
  first.replace(/^(DNS|IP Address):/, '') || subject

/** The same certificate and key for several servers. The key is only in memory. */
export const certificateKind: Kind<'certificate'> = {
  title: ({ subject }) => `Replace certificate (${subject})`,
  check: async (deps, { kind, files, serverIds }) => {
    const { chain, key } = deps.certificateFiles(files)
    const [leaf] = chain
    if (leaf === undefined) throw rejected('The certificate is missing')
    const view = certificateView(leaf)
    const upload = { chain, leaf, view, key }
    return {
      source: { kind, subject: nameOf(view), fingerprint256: view.fingerprint256, validTo: view.validTo },
      serverIds,
      planFor: (id) => certificatePlan(deps, id, upload),
    }
  },
}
