import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { CertificateError } from '../../portsip/tls-trust'

export const nobodySignedIn = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'Not signed in to this server', hint: 'Sign in again.' })

export const riskUnconfirmed = (): FleetError =>
  new FleetError({
    code: 'confirmation-required',
    message: '3 failed sign-ins',
    hint: 'After more than five, the PBX blocks your IP address for an hour, for everyone who shares it.',
  })

export const refusedBefore = (): FleetError =>
  new FleetError({
    code: 'refused',
    message: 'The PBX refused the saved password',
    hint: 'It is not tried again automatically. Enter the password.',
  })

export const wrongCertificate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'The server now presents another certificate',
    hint: 'Connect again and compare.',
  })

export const blockedHere = (until: string | undefined): FleetError =>
  new FleetError({
    code: 'denied',
    message: 'The PBX has blocked your IP address',
    ...(until && { until }),
  })

const unreachable: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'timeout',
  'redirected',
  'tls-invalid',
  'bad-reply',
  'body-too-large',
  'server-error',
])

export const codeOf = (error: unknown): ErrorCode => (error instanceof FleetError ? error.detail.code : 'internal')

export const detailOf = (error: unknown): AppError =>
  error instanceof FleetError ? error.detail : { code: 'internal', message: 'Internal error of the app' }

export const isRefused = (error: unknown): boolean => codeOf(error) === 'refused'

/** Nothing is known to be wrong with the credentials, only with the way to the server. */
export const isUnreachable = (error: unknown): boolean => unreachable.has(codeOf(error))

/** Met by any call, these end the session for all of them. */
export const endsEverything = (error: unknown): boolean =>
  error instanceof CertificateError || ['signed-out', 'denied'].includes(codeOf(error))
