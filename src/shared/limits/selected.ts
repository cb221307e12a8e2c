import { limit, mebibyte, valuesOf } from './limit'

const nothing = 'Nothing is imported; the message names the file and the limit'
const notOpened = 'The plan file is not opened; the message names the value and the limit'
const rejected = 'The file is rejected; the message gives its size and the limit'

export const selectedTable = {
  input: 'File that the user selects or drops: workspace, plan file, certificate, image',
  limits: {
    workspaceBytes: limit('Size of a workspace file', 50 * mebibyte, 'bytes', nothing),
    servers: limit('Servers in a workspace file', 20_000, 'items', nothing),
    planBytes: limit('Size of a plan file', 32 * mebibyte, 'bytes', notOpened),
    planServers: limit('Servers in a plan file or rollout', 1_000, 'items', notOpened),
    planSteps: limit('Steps in a plan file or rollout', 100_000, 'items', notOpened),
    pemBytes: limit('Size of a PEM file', mebibyte, 'bytes', rejected),
    pemFiles: limit('PEM files that are added at the same time', 20, 'files', 'The call is refused as invalid'),
    pemCertificates: limit(
      'Certificates in an upload',
      100,
      'items',
      'The file is rejected; the message names the limit',
    ),
    imageBytes: limit('Size of an image', 2 * mebibyte, 'bytes', rejected),
    rootsBytes: limit(
      'Size of the file named by NODE_EXTRA_CA_CERTS',
      16 * mebibyte,
      'bytes',
      'Its certificates are not trusted',
    ),
    path: limit('Path of a dropped file', 32_767, 'characters', 'The call is refused as invalid'),
  },
} as const

export const selectedLimits = valuesOf(selectedTable)
