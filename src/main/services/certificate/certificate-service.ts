import type {
  CertificateCandidate,
  CertificateState,
  LiveCertificate,
  UploadedCertificate,
} from '@shared/domain/certificate'
import type { CertificateView, ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { isVersionIn } from '@shared/resources/version'
import { certificateView } from '../../portsip/certificate-view'
import { serverInfo } from '../../portsip/info'
import { installedPem, storePem } from '../../portsip/key'
import type { PbxReader } from '../../portsip/pbx-client'
import { Candidates, type Candidate } from './candidates'
import { chainOf, chainView } from './chain'
import { findingsOf, type Findings } from './findings'
import { pemParts } from './pem'
import type { Uploads } from './uploads'
import type { Approved } from '../writes/approved'
import { verifiedBy } from '../writes/verified-by'
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

type InstalledCertificate = Pick<CertificateState, 'chain' | 'problem'>

const detailOf = (error: unknown): FleetError['detail'] | undefined =>
  error instanceof FleetError ? error.detail : undefined

const leafFingerprint = ({ chain }: Pick<CertificateState, 'chain'>): string => chain[0]?.fingerprint256 ?? ''

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
    const [readInstalled, info, live] = await Promise.all([
      this.installed(client),
      serverInfo(client),
      this.live(serverId),
    ])
    return {
      ...readInstalled,
      ...(info.web_domain && { webDomain: info.web_domain }),
      live,
      renewsItself: this.renewsItself(serverId, readInstalled),
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
      const { pin } = record
      return { shown, ...(pin && { pinned: pin.fingerprint256 === shown.fingerprint256 }), ...rest }
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
    const { chain, findings, guards } = await this.examine(client, candidate)
    return {
      id: candidate.id,
      files: candidate.files,
      chain: chainView(chain),
      hasKey: candidate.key !== undefined,
      findings,
      guards,
    }
  }

  forget(serverId: ServerId): void {
    this.candidates.forget(serverId)
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
        const { findings, guards } = await this.examine(client, candidate)
        const errors = findings.filter(({ level }) => level === 'stop').map(({ text }) => text)
        if (errors.length === 0 && candidate.key !== undefined) return guards
        throw new FleetError({ code: 'rejected', message: errors.join(' '), hint: 'Nothing was sent.' })
      },
    })
    if (leafFingerprint(await approved.before(() => this.installed(client))) !== before)
      throw new FleetError({
        code: 'conflict',
        message: 'The certificate was changed on the server meanwhile',
        hint: 'Refresh and compare.',
      })
    const chain = chainOf(candidate.certificates, candidate.key?.object).certificates
    const pem = chain.map((certificate) => `${certificate.toString().trim()}\n`).join('')
    const body = { crt: pem, key: `${candidate.key?.pem ?? ''}\n` }
    await this.send(approved, client, body, { before, after: chain[0]?.fingerprint256 ?? '' })
    if (chain[0] !== undefined)
      await this.deps.uploads.save(serverId, {
        certificate: certificateView(chain[0]),
        at: new Date(this.now()).toISOString(),
      })
    this.candidates.forget(serverId)
    return this.get(serverId)
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

  private async send(
    approved: Approved,
    client: PbxReader,
    body: { readonly crt: string; readonly key: string },
    { before, after }: { readonly before: string; readonly after: string },
  ): Promise<void> {
    const operation = 'POST /key'
    const readResult = async () => (leafFingerprint(await this.installed(client)) === after ? true : undefined)
    await approved.perform(
      {
        kind: 'change',
        operation,
        identity: 'certificate',
        before: { fingerprint256: before },
        changes: { fingerprint256: after, key: '(set)' },
      },
      {
        send: (writer) => storePem(writer, body),
        secrets: [body.key],
        ...verifiedBy(operation, readResult, 'it has another certificate'),
      },
    )
  }

  private async installed(client: PbxReader): Promise<InstalledCertificate> {
    const pem = await installedPem(client)
    if (pem.trim() === '') return { chain: [] }
    try {
      return { chain: chainView(pemParts(pem, 'Installed certificate').certificates) }
    } catch (error) {
      return { chain: [], problem: detailOf(error)?.message ?? 'The installed certificate could not be read' }
    }
  }

  private async examine(
    client: PbxReader,
    candidate: Candidate,
  ): Promise<Findings & { readonly chain: ReturnType<typeof chainOf>['certificates'] }> {
    const [info, installed] = await Promise.all([serverInfo(client), this.installed(client)])
    const chain = chainOf(candidate.certificates, candidate.key?.object)
    const result = findingsOf(chain, candidate.key, {
      webDomain: info.web_domain ?? undefined,
      renewsItself: this.renewsItself(candidate.serverId, installed),
      now: this.now(),
    })
    return { ...result, chain: chain.certificates }
  }

  /** The Cert Manager is part of the PBX from 22.4 on. */
  private renewsItself(serverId: ServerId, { chain }: InstalledCertificate): boolean {
    return (
      /let.?s encrypt/i.test(chain[0]?.issuer ?? '') &&
      isVersionIn(this.deps.servers.version(serverId), { since: '22.4' })
    )
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
