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

const notTls: Reason = [
  'The port does not use TLS',
  'Another program may use it, or it may be the plain HTTP port. The default port of the REST API is 8887.',
]
const oldTls: Reason = [
  'The server supports only versions before TLS 1.2',
  'Update the PBX or the proxy in front of it.',
]
const otherKey = 'Install a certificate with an RSA key of at least 2048 bits on the PBX.'
const noCommonMethod: Reason = [
  'The server and this app have no encryption method in common',
  `The certificate may have a kind of key that is not supported, such as Ed25519 or brainpool. ${otherKey}`,
]
const unreadable: Reason = [
  'The certificate of the server cannot be read',
  `It may be damaged, or its key may be of a kind that is not supported, such as brainpool. ${otherKey}`,
]
const clientCertificate: Reason = [
  'The server requires a client certificate',
  'PBX Fleet has none: ask who runs the proxy in front of the PBX for an address without this.',
]

type Reason = readonly [message: string, hint: string]

/**
 * What failed, by the end of the error code. Electron (BoringSSL) and Node (OpenSSL) have different codes for some of
 * these.
 */
const handshakeReasons: Readonly<Record<string, Reason>> = {
  KEY_USAGE_BIT_INCORRECT: [
    'The certificate of the server must not be used for TLS connections',
    'Its key usage lacks “digital signature”. Install a certificate with this key usage on the PBX.',
  ],
  SSLV3_ALERT_HANDSHAKE_FAILURE: noCommonMethod,
  NO_SHARED_CIPHER: noCommonMethod,
  UNKNOWN_CERTIFICATE_TYPE: noCommonMethod,
  WRONG_SIGNATURE_TYPE: noCommonMethod,
  WRONG_CERTIFICATE_TYPE: noCommonMethod,
  DECODE_ERROR: unreadable,
  CANNOT_PARSE_LEAF_CERT: unreadable,
  BAD_ECC_CERT: unreadable,
  EXCESSIVE_MESSAGE_SIZE: [
    'The server sends too much data during the TLS handshake',
    'Its certificate chain may be too long, or another program may use the port.',
  ],
  TLSV1_ALERT_PROTOCOL_VERSION: oldTls,
  UNSUPPORTED_PROTOCOL: oldTls,
  WRONG_VERSION_NUMBER: notTls,
  HTTP_REQUEST: notTls,
  PACKET_LENGTH_TOO_LONG: notTls,
  ENCRYPTED_LENGTH_TOO_LONG: notTls,
  TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  TLSV1_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  TLSV1_UNRECOGNIZED_NAME: [
    'The server does not serve this host name',
    'Check the address. A proxy may expect another host name.',
  ],
  TLSV1_ALERT_INTERNAL_ERROR: [
    'The server reports an internal error during the TLS handshake',
    'Its certificate and private key may not fit together.',
  ],
}

function handshakeError(code: string): NotSentError {
  const known = handshakeReasons[code.replace(/^ERR_SSL_/, '')]
  // The code is a constant of the TLS library, without data of the server.
  const [message, hint] = known ?? [
    `TLS connection failed (${code})`,
    'The server supports no TLS 1.2 or later, or not correctly.',
  ]
  return new NotSentError({ code: 'tls-invalid', message, hint })
}

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
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') return handshakeError(code)
  return offline('The connection failed', checkAddress)
}
