import type { PbxClient, PbxRequest } from '../../portsip/pbx-client'

/** The client for one look at many rows: what is read once is not read again for each of them. Writes pass through. */
export function rememberingClient(client: PbxClient): PbxClient {
  const answers = new Map<string, Promise<unknown>>()
  return {
    localAddress: () => client.localAddress(),
    remoteAddress: () => client.remoteAddress(),
    requestNothing: (request) => client.requestNothing(request),
    download: (request) => client.download(request),
    request<T>(request: PbxRequest<T>): Promise<T> {
      if (request.method !== 'GET') return client.request(request)
      const key = `${request.path} ${JSON.stringify(request.query ?? {})}`
      const known = answers.get(key) as Promise<T> | undefined
      if (known !== undefined) return known
      const asked = client.request(request)
      answers.set(key, asked)
      return asked
    },
  }
}
