import type { CertificateView } from '../domain/server'
import type { RecordValues } from '../domain/record'
import { plainText } from '../text/plain-text'
import { defineSingle } from './resource'

/** The certificate of the web server and its key (GET and POST /key), by what plans and journal have of it. */
export const certificate = defineSingle({
  id: 'certificate',
  label: 'Certificate',
  singular: 'certificate',
  path: '/key',
  roles: ['SystemAdmin'],
  fields: [
    { kind: 'text', key: 'subject', label: 'Subject' },
    { kind: 'text', key: 'fingerprint256', label: 'SHA-256' },
    { kind: 'time', key: 'valid_to', label: 'Valid until' },
    { kind: 'pem', of: 'private-key', key: 'key', label: 'Private key', writeOnly: true },
  ],
})

/** A certificate as values of the description; an empty fingerprint means that there is none. */
export const certificateValues = (view: CertificateView | undefined): RecordValues =>
  view === undefined
    ? { fingerprint256: '' }
    : { subject: view.subject, fingerprint256: view.fingerprint256, valid_to: view.validTo }

/** The fingerprint in such values. */
export const fingerprintIn = (values: RecordValues): string => plainText(values['fingerprint256'])
