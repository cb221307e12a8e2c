import type { HttpRequest, PbxHttp } from '../../portsip/http'
import type { PbxClient, PbxCommand, PbxDownload, PbxDownloadRequest, PbxRead } from '../../portsip/pbx-client'

export interface CallScope {
  /** Runs with the session's connection and a valid token, and once more with a new token after 401. */
  call<T>(request: HttpRequest, run: (http: PbxHttp, request: HttpRequest) => Promise<T>): Promise<T>
  peer(): { readonly localAddress?: string; readonly remoteAddress?: string }
}

/** The API with the account that is signed in. Tokens are renewed when necessary. */
export class SessionClient implements PbxClient {
  constructor(private readonly scope: CallScope) {}

  get<T>({ schema, ...request }: PbxRead<T>): Promise<T> {
    return this.scope.call({ ...request, method: 'GET' }, (http, sent) => http.json(sent, schema))
  }

  post(command: PbxCommand): Promise<void> {
    return this.scope.call({ ...command, method: 'POST' }, (http, sent) => http.nothing(sent))
  }

  postFor<T>({ schema, ...command }: PbxCommand & Pick<PbxRead<T>, 'schema'>): Promise<T> {
    return this.scope.call({ ...command, method: 'POST' }, (http, sent) => http.json(sent, schema))
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
