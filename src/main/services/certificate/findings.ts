import { countText } from '@shared/format/count-text'
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { CertificateFinding } from '@shared/domain/certificate'
import type { Guard } from '@shared/domain/write'
import { allowsSignatures, dateProblem, isForServers, mayIssue, publicKeyOf } from '../../portsip/certificate-parts'
import { matchesKey, keyText, endsOpen, type Chain } from './chain'
import type { PemKey } from './pem'

/** The name of the file of a certificate; empty if unknown. */
type FileOf = (certificate: X509Certificate) => string

const inFile = (name: string): string => (name === '' ? '' : ` in ${name}`)

interface Context {
  /** The host name of the web portal; undefined if unknown. */
  readonly webDomain: string | undefined
  /** True if the PBX renews the installed certificate. */
  readonly renewsItself: boolean
  readonly now: number
  readonly fileOf: FileOf
}

export interface Findings {
  readonly findings: readonly CertificateFinding[]
  readonly guards: readonly Guard[]
}

const dayMs = 86_400_000
const warnDays = 30
const minKeyBits = 2048

const error = (text: string): CertificateFinding => ({ level: 'stop', text })
const warn = (text: string): CertificateFinding => ({ level: 'warn', text })
const passed = (text: string): CertificateFinding => ({ level: 'ok', text })

/** True if an alternative name of the certificate covers a host name or address. */
export function covers(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined
  const ascii = domainToASCII(host)
  return ascii !== '' && certificate.checkHost(ascii, { subject: 'never' }) !== undefined
}

function keyFindings(leaf: X509Certificate, key: PemKey | undefined, fileOf: FileOf): CertificateFinding[] {
  if (key === undefined) return [error('The private key is missing. Add its file, too.')]
  if (key.object === undefined)
    return [
      error(
        `The private key in ${key.file} has a passphrase, so the PBX would not start. Remove the passphrase first.`,
      ),
    ]
  if (!matchesKey(leaf, key.object))
    return [error(`The private key in ${key.file} does not belong to the certificate${inFile(fileOf(leaf))}.`)]
  return [passed('The private key belongs to the certificate and has no passphrase.')]
}

const smallKey = (certificate: X509Certificate): number | undefined => {
  const key = publicKeyOf(certificate)
  const bits = key?.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined
  return bits !== undefined && bits < minKeyBits ? bits : undefined
}

function algorithmFindings(leaf: X509Certificate, fileOf: FileOf): CertificateFinding[] {
  const key = publicKeyOf(leaf)
  if (key === undefined)
    return [
      error(
        `The kind of key of the certificate${inFile(fileOf(leaf))} is not supported. Use an RSA key of at least 2048 bits.`,
      ),
    ]
  if (key.asymmetricKeyType !== 'rsa')
    return [
      warn(
        `The key is ${keyText(leaf)}. The PBX lists only ECDHE_RSA for TLS 1.2: phones and trunks without TLS 1.3 may not connect. An RSA key is safe.`,
      ),
    ]
  const bits = smallKey(leaf)
  return bits === undefined
    ? []
    : [warn(`The RSA key has only ${bits} bits; many clients require at least ${minKeyBits}.`)]
}

function usageFindings(leaf: X509Certificate, fileOf: FileOf): CertificateFinding[] {
  const where = inFile(fileOf(leaf))
  if (!allowsSignatures(leaf))
    return [
      error(
        `The key usage of the certificate${where} lacks “digital signature”: browsers and this app cannot connect.`,
      ),
    ]
  return isForServers(leaf)
    ? []
    : [error(`The certificate${where} is not for servers: its extended key usage is another one.`)]
}

const nameOf = ({ subject }: X509Certificate): string =>
  /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.split('\n').join(', ')

/** An issuer that may not issue makes the chain worthless. */
const issuerFindings = (issuers: readonly X509Certificate[]): CertificateFinding[] =>
  issuers
    .filter((issuer) => !mayIssue(issuer))
    .map((issuer) =>
      error(
        `The certificate “${nameOf(issuer)}” of the chain is not that of an authority: clients reject what it issued.`,
      ),
    )

function chainFindings(chain: Chain, fileOf: FileOf): CertificateFinding[] {
  const { certificates, unrelated, reordered } = chain
  const findings = issuerFindings(certificates.slice(1))
  const open = endsOpen(chain)
  if (open !== undefined)
    findings.push(
      warn(
        certificates.length === 1
          ? 'The intermediate certificates are missing. Browsers may accept this, but SMS and WhatsApp webhooks fail. Add the chain file.'
          : `The chain ends at “${nameOf(open)}”: its issuer is not in the files and is no public authority. Unless all clients know it, add its certificate.`,
      ),
    )
  else if (certificates.length > 1 && findings.length === 0)
    findings.push(passed(`The chain is complete: ${certificates.length} certificates, the server’s own first.`))
  for (const certificate of certificates.slice(1)) {
    const bits = smallKey(certificate)
    if (bits !== undefined) findings.push(warn(`The RSA key of “${nameOf(certificate)}” has only ${bits} bits.`))
  }
  if (reordered) findings.push(passed('The certificates were reordered.'))
  if (unrelated.length > 0) {
    const files = inFile([...new Set(unrelated.map(fileOf))].filter((name) => name !== '').join(', '))
    findings.push(
      warn(
        unrelated.length === 1
          ? `1 certificate${files} does not belong to the chain and is not uploaded.`
          : `${unrelated.length} certificates${files} do not belong to the chain and are not uploaded.`,
      ),
    )
  }
  return findings
}

function dateFinding({ validTo }: X509Certificate, now: number): CertificateFinding {
  const days = Math.floor((Date.parse(validTo) - now) / dayMs)
  return days < warnDays
    ? warn(`The certificate ends in ${countText(days, 'day')}.`)
    : passed(`The certificate is valid for ${countText(days, 'day')}.`)
}

const uncovered = (webDomain: string): string =>
  `No name of the certificate covers the web domain ${webDomain}: browsers and apps will reject the PBX.`

const nameUnknown = 'The web domain of the PBX is not set, so the names could not be compared.'

/** What is wrong with the names for a server; a warning if that is unknown. */
export function nameProblem(
  leaf: X509Certificate,
  webDomain: string | null | undefined,
): { readonly level: 'stop' | 'warn'; readonly text: string } | undefined {
  if (webDomain === undefined || webDomain === null || webDomain === '') return { level: 'warn', text: nameUnknown }
  return covers(leaf, webDomain) ? undefined : { level: 'stop', text: uncovered(webDomain) }
}

function nameFindings(leaf: X509Certificate, webDomain: string | undefined): Findings {
  const problem = nameProblem(leaf, webDomain)
  if (problem === undefined) return { findings: [passed(`It covers the web domain ${webDomain}.`)], guards: [] }
  const { level, text } = problem
  if (level === 'warn') return { findings: [warn(text)], guards: [] }
  return { findings: [], guards: [{ kind: 'certificate-names', message: text, addresses: [] }] }
}

/** The guards that depend on the date alone: an issuer that is not valid makes the chain worthless, like an invalid leaf. */
export const dateGuards = (
  chain: readonly X509Certificate[],
  now: number,
  fileOf: FileOf = () => '',
): readonly Guard[] =>
  chain.flatMap((certificate, at) => {
    const problem = dateProblem(certificate, now)
    if (problem === undefined) return []
    const where = inFile(fileOf(certificate))
    const name = at === 0 ? `The certificate${where}` : `The certificate “${nameOf(certificate)}” of the chain${where}`
    return { kind: 'certificate-dates', message: `${name} ${problem}.`, addresses: [] }
  })

/** Checks files by themselves; the names and the current certificate of a server are not part of it. */
export function fileFindings(chain: Chain, key: PemKey | undefined, now: number, fileOf: FileOf = () => ''): Findings {
  const [leaf] = chain.certificates
  if (leaf === undefined) return { findings: [error('The certificate is missing. Add its file, too.')], guards: [] }
  return {
    findings: [
      ...keyFindings(leaf, key, fileOf),
      ...(dateProblem(leaf, now) === undefined ? [dateFinding(leaf, now)] : []),
      ...chainFindings(chain, fileOf),
      ...algorithmFindings(leaf, fileOf),
      ...usageFindings(leaf, fileOf),
    ],
    guards: dateGuards(chain.certificates, now, fileOf),
  }
}

/** Checks files before they are uploaded: errors that stop the upload, safety checks, warnings, and passed checks. */
export function findingsOf(
  chain: Chain,
  key: PemKey | undefined,
  { webDomain, renewsItself, now, fileOf }: Context,
): Findings {
  const ofFiles = fileFindings(chain, key, now, fileOf)
  const [leaf] = chain.certificates
  if (leaf === undefined) return ofFiles
  const names = nameFindings(leaf, webDomain)
  const renewal = renewsItself
    ? [
        warn(
          'The current certificate is from Let’s Encrypt. If the Cert Manager of the PBX renews it, an upload replaces it and ends automatic renewal.',
        ),
      ]
    : []
  const [ofKey, ...rest] = ofFiles.findings
  return {
    findings: [...(ofKey ? [ofKey] : []), ...names.findings, ...rest, ...renewal],
    guards: [...names.guards, ...ofFiles.guards],
  }
}
