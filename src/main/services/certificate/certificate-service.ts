import type { X509Certificate } from 'node:crypto'
import type {
  CertificateCandidate,
  CertificateFile,
  CertificateState,
  LiveCertificate,
  UploadedCertificate,
} from '@shared/domain/certificate'
import { isTrusted, pinOf } from '@shared/domain/pins'
import type { CertificateView, ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { certificateView } from '../../portsip/certificate-view'
import { serverInfo } from '../../portsip/info'
import type { PbxReader } from '../../portsip/pbx-client'
import { Candidates, type Candidate, type PemFile } from './candidates'
import { chainOf, chainView } from './chain'
import { fileFindings, findingsOf, type Findings } from './findings'
import { leafFingerprint, readInstalled, renewsItself } from './installed'
import { certificateSending, certificateWrite, pemOf } from './send-certificate'
import type { Uploads } from './uploads'
import type { Writer } from '../writes/writer'
import type { Servers } from '../../servers/servers'

export interface CertificateDeps {
  readonly servers: Pick<Servers, 'reader' | 'record' | 'version'>
  readonly writer: Writer
  /** The certificate that the server presents in a handshake; no request is sent. */
  readonly readPresented: (serverId: ServerId) => Promise<CertificateView>
  /** Replaces the pinned certificate while the session continues. */
  readonly adopt: (serverId: ServerId, certificate: CertificateView) => Promise<SessionState>
  readonly uploads: Uploads
  readonly now?: () => number
}

const detailOf = (error: unknown): FleetError['detail'] | undefined =>
  error instanceof FleetError ? error.detail : undefined

/** Owner of the files for several servers. */
const forRollout = 'rollout'

/** Each name once, with what is in it. */
const filesView = (files: readonly PemFile[]): CertificateFile[] =>
  [...new Set(files.map(({ name }) => name))].map((name) => {
    const same = files.filter((file) => file.name === name)
    return {
      name,
      certificates: same.flatMap(({ parts }) => parts.certificates).length,
      hasKey: same.some(({ parts }) => parts.key !== undefined),
    }
  })

type Examined = Findings & { readonly chain: readonly X509Certificate[] }

const candidateView = ({ id, files, key }: Candidate, { chain, findings, guards }: Examined): CertificateCandidate => ({
  id,
  files: filesView(files),
  chain: chainView(chain),
  hasKey: key !== undefined,
  findings,
  guards,
})

/** The name of the first file with this certificate. */
const fileIn =
  ({ files }: Candidate) =>
  ({ fingerprint256 }: X509Certificate): string =>
    files.find(({ parts }) => parts.certificates.some((each) => each.fingerprint256 === fingerprint256))?.name ?? ''

/** Throws `rejected` if the files must not be uploaded. */
function throwStopped(findings: Findings['findings'], { key }: Candidate): void {
  const errors = findings.filter(({ level }) => level === 'stop').map(({ text }) => text)
  if (errors.length > 0 || key === undefined)
    throw new FleetError({ code: 'rejected', message: errors.join(' '), hint: 'Nothing was sent.' })
}

/**
 * The certificate of the PBX's web server and TLS transports: the installed one, the presented one, and its
 * replacement.
 */
export class CertificateService {
  private readonly candidates = new Candidates()

  constructor(private readonly deps: CertificateDeps) {}

  /** GET /key and GET /info, together with a handshake. */
  async get(serverId: ServerId): Promise<CertificateState> {
    const client = this.deps.servers.reader(serverId)
    const [installed, info, live] = await Promise.all([readInstalled(client), serverInfo(client), this.live(serverId)])
    return {
      ...installed,
      ...(info.web_domain && { webDomain: info.web_domain }),
      live,
      renewsItself: renewsItself(installed, this.deps.servers.version(serverId)),
      readAt: new Date(this.now()).toISOString(),
    }
  }

  /** Only a handshake; does not use the session. */
  async live(serverId: ServerId): Promise<LiveCertificate> {
    const record = this.deps.servers.record(serverId)
    const uploaded = this.deps.uploads.get(serverId)
    const rest = uploaded && { uploaded }
    try {
      const shown = await this.deps.readPresented(serverId)
      const isPinned = pinOf(record) !== undefined
      return { shown, ...(isPinned && { pinned: isTrusted(record, shown.fingerprint256) }), ...rest }
    } catch (error) {
      return { problem: detailOf(error)?.message ?? 'The certificate could not be checked', ...rest }
    }
  }

  /** The last upload to this server from this app. Throws `not-found` for a server that is not in the workspace. */
  uploaded(serverId: ServerId): UploadedCertificate | undefined {
    return this.deps.uploads.get(this.deps.servers.record(serverId).id)
  }

  /** Reads files for an upload; `id` names the upload to add to. Throws `disk`, `rejected`. */
  async read(serverId: ServerId, id: string | undefined, paths: readonly string[]): Promise<CertificateCandidate> {
    const client = this.deps.servers.reader(serverId)
    const candidate = await this.candidates.add(serverId, id, paths)
    return candidateView(candidate, await this.examine(serverId, client, candidate))
  }

  /** Leaves out a file; null if none is left. Throws `not-found`. */
  async remove(serverId: ServerId, id: string, name: string): Promise<CertificateCandidate | null> {
    const client = this.deps.servers.reader(serverId)
    const candidate = this.candidates.remove(serverId, id, name)
    return candidate ? candidateView(candidate, await this.examine(serverId, client, candidate)) : null
  }

  /** The same for several servers. */
  removeForRollout(id: string, name: string): CertificateCandidate | null {
    const candidate = this.candidates.remove(forRollout, id, name)
    return candidate ? this.viewForRollout(candidate) : null
  }

  forget(serverId: ServerId): void {
    this.candidates.forget(serverId)
  }

  /** Reads files for several servers. Throws `disk`, `rejected`. */
  async readForRollout(id: string | undefined, paths: readonly string[]): Promise<CertificateCandidate> {
    return this.viewForRollout(await this.candidates.add(forRollout, id, paths))
  }

  /** Takes the files for one server to several servers. Throws `not-found`. */
  takeToRollout(serverId: ServerId, id: string): CertificateCandidate {
    return this.viewForRollout(this.candidates.copy(forRollout, serverId, id))
  }

  /** The files for several servers. Throws `not-found`, and `rejected` if they cannot be uploaded to any server. */
  filesForRollout(id: string): { readonly chain: readonly X509Certificate[]; readonly key: string } {
    const candidate = this.candidates.get(forRollout, id)
    const { chain, findings } = this.examineFiles(candidate)
    throwStopped(findings, candidate)
    return { chain, key: candidate.key?.pem ?? '' }
  }

  forgetForRollout(): void {
    this.candidates.forget(forRollout)
  }

  /**
   * POST /key after all checks; then reads back the installed certificate. `before` is the fingerprint that the user
   * saw.
   */
  async upload(args: {
    readonly serverId: ServerId
    readonly id: string
    readonly before: string
    readonly confirmation: Confirmation
  }): Promise<CertificateState> {
    const { serverId, id, before, confirmation } = args
    const client = this.deps.servers.reader(serverId)
    const candidate = this.candidates.get(serverId, id)
    const approved = await this.deps.writer.approve(serverId, confirmation, {
      safetyChecks: async () => {
        const { findings, guards } = await this.examine(serverId, client, candidate)
        throwStopped(findings, candidate)
        return guards
      },
    })
    const installed = await approved.before(() => readInstalled(client))
    if (leafFingerprint(installed) !== before)
      throw new FleetError({
        code: 'conflict',
        message: 'The certificate was changed on the server meanwhile',
        hint: 'Refresh and compare.',
      })
    const chain = chainOf(candidate.certificates, candidate.key?.object, this.now()).certificates
    const [leaf] = chain
    if (leaf === undefined) throw new Error('Files without a certificate were stopped')
    const view = certificateView(leaf)
    const files = { chain: pemOf(chain), key: candidate.key?.pem ?? '', fingerprint256: view.fingerprint256 }
    const remember = (certificate: CertificateView) => this.remember(serverId, certificate)
    await approved.perform(certificateWrite(installed.chain[0], view), certificateSending(client, files, remember))
    this.candidates.forget(serverId)
    return this.get(serverId)
  }

  /** Keeps what was uploaded, to recognize it when the server presents it. */
  remember(serverId: ServerId, certificate: CertificateView): Promise<void> {
    return this.deps.uploads.save(serverId, { certificate, at: new Date(this.now()).toISOString() })
  }

  /** Trusts the uploaded certificate once the server presents it. Throws `conflict` if it presents another one. */
  async trust(serverId: ServerId, fingerprint256: string): Promise<SessionState> {
    const { shown, uploaded } = await this.live(serverId)
    if (shown?.fingerprint256 !== fingerprint256 || uploaded?.certificate.fingerprint256 !== fingerprint256)
      throw new FleetError({
        code: 'conflict',
        message: 'The server does not present the uploaded certificate',
        hint: 'Check again, and compare the fingerprints.',
      })
    return this.deps.adopt(serverId, shown)
  }

  private async examine(serverId: ServerId, client: PbxReader, candidate: Candidate): Promise<Examined> {
    const [info, installed] = await Promise.all([serverInfo(client), readInstalled(client)])
    const chain = chainOf(candidate.certificates, candidate.key?.object, this.now())
    const result = findingsOf(chain, candidate.key, {
      webDomain: info.web_domain ?? undefined,
      renewsItself: renewsItself(installed, this.deps.servers.version(serverId)),
      now: this.now(),
      fileOf: fileIn(candidate),
    })
    return { ...result, chain: chain.certificates }
  }

  private examineFiles(candidate: Candidate): Examined {
    const chain = chainOf(candidate.certificates, candidate.key?.object, this.now())
    return { ...fileFindings(chain, candidate.key, this.now(), fileIn(candidate)), chain: chain.certificates }
  }

  private viewForRollout(candidate: Candidate): CertificateCandidate {
    return candidateView(candidate, this.examineFiles(candidate))
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
