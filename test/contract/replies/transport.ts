import type { z } from 'zod'
import type { PbxHttp } from '@main/portsip/http'
import type { PbxClient } from '@main/portsip/pbx-client'
import { parseReply, readJson } from '@main/portsip/read-json'
import { ordinaryReply } from '@main/portsip/reply-limits'

async function* oneChunk(body: unknown): AsyncGenerator<Buffer> {
  yield Buffer.from(JSON.stringify(body))
}

/** A connection that returns one body to every request; everything behind it is the app's own. */
export class OneReply {
  /** `operation path` of everything that was not understood. */
  readonly unexpected: string[] = []

  constructor(private readonly body: unknown) {}

  private async parse<T>(operation: string, schema: z.ZodType<T>): Promise<T> {
    const scanned = await readJson(oneChunk(this.body), operation, ordinaryReply)
    return parseReply(scanned, 'application/json', operation, schema, (paths) =>
      this.unexpected.push(...paths.map((path) => `${operation} ${path}`)),
    )
  }

  readonly client: PbxClient = {
    get: ({ operation, schema }) => this.parse(operation, schema),
    postFor: ({ operation, schema }) => this.parse(operation, schema),
    post: () => Promise.resolve(),
    download: () => Promise.reject(new Error('No file is read here')),
    localAddress: () => undefined,
    remoteAddress: () => undefined,
  }

  /** For the requests of a sign-in, which come before there is a client. */
  readonly http = {
    json: <T>({ operation }: { readonly operation: string }, schema: z.ZodType<T>) => this.parse(operation, schema),
  } as unknown as PbxHttp
}
