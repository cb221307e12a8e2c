import { FleetError } from '@shared/ipc/result'

/** Told where no request was written: whatever it was, the PBX did not see it. */
export class NotSentError extends FleetError {}

const offline = (message: string, hint?: string): NotSentError =>
  new NotSentError({ code: 'offline', message, ...(hint && { hint }) })

export const notConnected = (): NotSentError => offline('The server closed the connection while it was opened')

export const tookTooLong = (ms: number): NotSentError =>
  new NotSentError({ code: 'timeout', message: `The server did not answer within ${Math.ceil(ms / 1000)} s` })

const checkAddress = 'Check the address, the network and a VPN if one is needed.'

/** A failed connection or handshake in words. Only the error's code is looked at. */
export function connectError(error: NodeJS.ErrnoException): NotSentError {
  switch (error.code) {
    case 'ECONNREFUSED':
      return offline('Connection refused', 'The PBX or its API gateway may be down, or the port is another one.')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return offline('The name of the server could not be resolved', checkAddress)
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EADDRNOTAVAIL':
    case 'ENETDOWN':
      return offline('No route to host', checkAddress)
    case 'ETIMEDOUT':
      return new NotSentError({ code: 'timeout', message: 'The server did not answer', hint: checkAddress })
    case 'ECONNRESET':
    case 'EPIPE':
      return notConnected()
  }
  const { code = '' } = error
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return new NotSentError({
      code: 'tls-invalid',
      message: 'No encrypted connection could be made',
      hint: 'At least TLS 1.2 is needed. The port may be one that speaks plain http.',
    })
  }
  return offline('The connection failed', checkAddress)
}
