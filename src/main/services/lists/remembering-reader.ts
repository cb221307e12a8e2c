import type { PbxRead, PbxReader } from '../../portsip/pbx-client'

/** Reads for one look at many rows: what is read once is not read again for each of them. */
export function rememberingReader(reader: PbxReader): PbxReader {
  const answers = new Map<string, Promise<unknown>>()
  return {
    localAddress: () => reader.localAddress(),
    remoteAddress: () => reader.remoteAddress(),
    download: (request) => reader.download(request),
    get<T>(request: PbxRead<T>): Promise<T> {
      const key = `${request.path} ${JSON.stringify(request.query ?? {})}`
      const known = answers.get(key) as Promise<T> | undefined
      if (known !== undefined) return known
      const asked = reader.get(request)
      answers.set(key, asked)
      return asked
    },
  }
}
