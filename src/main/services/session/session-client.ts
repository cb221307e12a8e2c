import type { HttpRequest, PbxHttp } from '../../portsip/http'
import type { PbxClient, PbxCommand, PbxDownload, PbxDownloadRequest, PbxRequest } from '../../portsip/pbx-client'

export interface CallScope {
  /** Runs with the session's connection and a token that is valid; once more with a new one after 401. */
  call<T>(request: HttpRequest, run: (http: PbxHttp, request: HttpRequest) => Promise<T>): Promise<T>
  peer(): { readonly localAddress?: string; readonly remoteAddress?: string }
}

/** The API as the person who is signed in; stays usable while tokens are renewed behind it. */
export class SessionClient implements PbxClient {
  constructor(private readonly scope: CallScope) {}

  request<T>({ schema, ...request }: PbxRequest<T>): Promise<T> {
    return this.scope.call(request, (http, sent) => http.json(sent, schema))
  }

  requestNothing(request: PbxCommand): Promise<void> {
    return this.scope.call(request, (http, sent) => http.nothing(sent))
  }

  download(request: PbxDownloadRequest): Promise<PbxDownload> {
    return this.scope.call({ ...request, method: 'GET' }, (http, sent) => http.download(sent))
  }

  localAddress(): string | undefined {
    return this.scope.peer().localAddress
  }

  remoteAddress(): string | undefined {
    return this.scope.peer().remoteAddress
  }
}
