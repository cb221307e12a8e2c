import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { CertificateError } from '../../portsip/tls-trust'

export const nobodySignedIn = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'Nobody is signed in to this server', hint: 'Sign in again.' })

export const riskUnconfirmed = (): FleetError =>
  new FleetError({
    code: 'confirmation-required',
    message: 'Three sign-ins were refused already',
    hint: 'After more than five the PBX usually blocks this address for an hour, for everybody who shares it.',
  })

export const refusedBefore = (): FleetError =>
  new FleetError({
    code: 'refused',
    message: 'The PBX refused the password that is kept for this server',
    hint: 'It is not tried again by itself. Type the password.',
  })

export const wrongCertificate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'This is not the certificate that the server shows now',
    hint: 'Connect again and compare.',
  })

export const blockedHere = (until: string | undefined): FleetError =>
  new FleetError({
    code: 'denied',
    message: 'The PBX blocks the address from which this app connects',
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
  error instanceof FleetError ? error.detail : { code: 'internal', message: 'Something in the app failed' }

export const isRefused = (error: unknown): boolean => codeOf(error) === 'refused'

/** Nothing is known to be wrong with the credentials, only with the way to the server. */
export const isUnreachable = (error: unknown): boolean => unreachable.has(codeOf(error))

/** Met by any call, these end the session for all of them. */
export const endsEverything = (error: unknown): boolean =>
  error instanceof CertificateError || ['signed-out', 'denied'].includes(codeOf(error))
