/** A received request and its response, without tokens and cookies in the headers. `path` is relative to /api. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | undefined>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
  readonly address: string
  readonly status: number
  /** The body of the response before faults changed it. */
  readonly answer: unknown
}

const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie'])

export const withoutSecrets = (headers: RecordedRequest['headers']): RecordedRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !secretHeaders.has(name)))

/** Records the first requests up to a limit, for tests. */
export class Recorder {
  readonly requests: RecordedRequest[] = []

  constructor(private readonly limit: number) {}

  record(make: () => RecordedRequest): void {
    if (this.requests.length < this.limit) this.requests.push(make())
  }
}
