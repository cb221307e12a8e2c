import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { CertificateError } from '../../portsip/tls-trust'

export const notSignedIn = (): FleetError =>
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

/** The PBX does not say which of them was wrong; after an accepted password it is the code. */
export const wrongCode = ({ detail }: FleetError): FleetError =>
  new FleetError({
    ...detail,
    message: 'The code is wrong or expired',
    hint: 'Enter the code of the latest email, or have another one sent.',
  })

/** The token of the first step has ended; the password was right. */
export const codeNotSent = ({ detail }: FleetError): FleetError =>
  new FleetError({
    ...detail,
    code: 'signed-out',
    message: 'The PBX sends no more codes for this sign-in',
    hint: 'Cancel, then sign in again.',
  })

/** Secrets of removed servers remain in the keychain. */
export const notForgotten = (error: unknown): FleetError =>
  new FleetError(
    {
      code: 'keychain',
      message: `Passwords and sessions may still be in the system keychain: ${detailOf(error).message}`,
      hint: 'They are not used, and deleted as soon as the keychain allows it.',
    },
    { cause: error },
  )

export const wrongCertificate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'The server now presents another certificate',
    hint: 'Connect again and compare.',
  })

export const blockedError = (until: string | undefined): FleetError =>
  new FleetError({
    code: 'denied',
    message: 'The PBX has blocked your IP address',
    ...(until && { until }),
  })

const unreachableCodes: ReadonlySet<ErrorCode> = new Set([
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

/** True if the error shows nothing about the credentials, only that the server cannot be reached. */
export const isUnreachable = (error: unknown): boolean => unreachableCodes.has(codeOf(error))

/** True if the error ends the session for all calls. */
export const endsEverything = (error: unknown): boolean =>
  error instanceof CertificateError || ['signed-out', 'denied'].includes(codeOf(error))
