import type { PbxRead, PbxReader } from '../../portsip/pbx-client'

/** A reader for one check of many rows: what was read once is not read again for each of them. */
export function rememberingReader(reader: PbxReader): PbxReader {
  const replies = new Map<string, Promise<unknown>>()
  return {
    localAddress: () => reader.localAddress(),
    remoteAddress: () => reader.remoteAddress(),
    download: (request) => reader.download(request),
    get<T>(request: PbxRead<T>): Promise<T> {
      const key = `${request.path} ${JSON.stringify(request.query ?? {})}`
      const cached = replies.get(key) as Promise<T> | undefined
      if (cached !== undefined) return cached
      const reply = reader.get(request)
      replies.set(key, reply)
      return reply
    },
  }
}
