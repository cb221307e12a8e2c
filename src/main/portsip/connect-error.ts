import { FleetError } from '@shared/ipc/result'

/** Thrown before any request was written, so the PBX has seen nothing. */
export class NotSentError extends FleetError {}

const offline = (message: string, hint?: string): NotSentError =>
  new NotSentError({ code: 'offline', message, ...(hint && { hint }) })

export const notConnected = (): NotSentError => offline('The server closed the connection')

export const connectTimeout = (ms: number): NotSentError =>
  new NotSentError({ code: 'timeout', message: `No response within ${Math.ceil(ms / 1000)} s` })

const checkAddress = 'Check the address, the network and the VPN.'

const noRoute = (message: string): NotSentError =>
  new NotSentError({ code: 'offline', message, hint: checkAddress, noRoute: true })

/** The error for a failed connection or handshake. Uses only the code of `error`. */
export function connectError(error: NodeJS.ErrnoException): NotSentError {
  switch (error.code) {
    case 'ECONNREFUSED':
      return offline('Connection refused', 'The PBX or its API gateway may be down, or the port may be wrong.')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return noRoute('The host name could not be resolved')
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
    case 'ENETDOWN':
      return noRoute('No route to host')
    case 'ETIMEDOUT':
      return new NotSentError({ code: 'timeout', message: 'No response from the server', hint: checkAddress })
    case 'ECONNRESET':
    case 'EPIPE':
      return notConnected()
  }
  const { code = '' } = error
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return new NotSentError({
      code: 'tls-invalid',
      message: 'TLS connection failed',
      hint: 'TLS 1.2 or later is required. The port may be a plain HTTP port.',
    })
  }
  return offline('The connection failed', checkAddress)
}
