import { z } from 'zod'
import { FleetError } from '@shared/ipc/result'
import { pathPart } from '@shared/resources/path-part'
import type { PbxWriter, ReplyHeaders } from './pbx-client'

/** An upload in progress. Each response may contain a new token for the next request. */
interface Upload {
  readonly id: string
  readonly token: string
}

/** Bytes per request. */
const pieceSize = 256 * 1024
const completed = z.looseObject({ id: z.string().min(1) })
const pathOf = ({ id }: Upload, what: string): string => `/blobs/uploads/${pathPart(id)}/${what}`

const uploadOf = (operation: string, headers: ReplyHeaders, before?: Upload): Upload => {
  const id = headers['portsip-upload-id'] ?? before?.id
  const token = headers['portsip-upload-token'] ?? before?.token
  if (id === undefined || token === undefined)
    throw new FleetError({
      code: 'bad-reply',
      operation,
      message: `Unexpected response to ${operation}: no upload ID`,
    })
  return { id, token }
}

/** POST /blobs/uploads: begins a permanent upload; the PBX deletes temporary ones at night. */
async function begin(client: PbxWriter, filename: string, signal: AbortSignal): Promise<Upload> {
  const operation = 'POST /blobs/uploads'
  let headers: ReplyHeaders = {}
  await client.post({
    operation,
    path: '/blobs/uploads',
    query: { filename },
    signal,
    onHeaders: (replyHeaders) => (headers = replyHeaders),
  })
  return uploadOf(operation, headers)
}

/** POST /blobs/uploads/{id}/append: the next piece. */
async function append(client: PbxWriter, upload: Upload, bytes: Buffer, signal: AbortSignal): Promise<Upload> {
  const operation = 'POST /blobs/uploads/{id}/append'
  let headers: ReplyHeaders = {}
  await client.post({
    operation,
    path: pathOf(upload, 'append'),
    headers: { 'PortSIP-Upload-Token': upload.token },
    bytes,
    signal,
    onHeaders: (replyHeaders) => (headers = replyHeaders),
  })
  return uploadOf(operation, headers, upload)
}

/** POST /blobs/uploads/{id}/complete: the PBX compares the digest. Returns the ID of the file. */
async function complete(client: PbxWriter, upload: Upload, digest: string, signal: AbortSignal): Promise<string> {
  const { id } = await client.postFor({
    operation: 'POST /blobs/uploads/{id}/complete',
    path: pathOf(upload, 'complete'),
    query: { digest },
    headers: { 'PortSIP-Upload-Token': upload.token },
    schema: completed,
    signal,
  })
  return id
}

/** POST /blobs/uploads/{id}/destroy: cancels an unfinished upload. */
const destroyUpload = (client: PbxWriter, upload: Upload): Promise<void> =>
  client.post({
    operation: 'POST /blobs/uploads/{id}/destroy',
    path: pathOf(upload, 'destroy'),
  })

export interface FileToUpload {
  readonly name: string
  readonly bytes: Buffer
  /** SHA-256 in hex. */
  readonly digest: string
}

/**
 * Uploads a file in chunks and returns its ID; `progress` gets the bytes sent so far. An upload that fails is destroyed
 * on the PBX.
 */
export async function uploadFile(
  client: PbxWriter,
  { name, bytes, digest }: FileToUpload,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<string> {
  let upload = await begin(client, name, signal)
  try {
    for (let at = 0; at < bytes.length; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize)
      upload = await append(client, upload, piece, signal)
      progress(at + piece.length)
    }
    return await complete(client, upload, digest, signal)
  } catch (error) {
    // If this fails, the PBX removes the upload after a while.
    await destroyUpload(client, upload).catch(() => undefined)
    throw error
  }
}
